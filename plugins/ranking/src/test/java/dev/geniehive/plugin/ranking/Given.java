package dev.geniehive.plugin.ranking;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.Signals;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Makes a candidate: healthy, loaded, four slots, nothing seen yet, the random number in the middle. */
final class Given {
    private final String service;
    private int outstanding;
    private OptionalInt slots = OptionalInt.of(4);
    private double firstToken;
    private double rate;
    private double roundTrip;
    private OptionalDouble gpu = OptionalDouble.empty();
    private double tieBreak = 0.5;
    private double prefix;
    private boolean session;
    private long chosen;

    private Given(String service) {
        this.service = service;
    }

    static Given service(String name) {
        return new Given(name.contains("/") ? name : name + "/llama");
    }

    Given outstanding(int requests) {
        outstanding = requests;
        return this;
    }

    Given slots(int count) {
        slots = OptionalInt.of(count);
        return this;
    }

    Given unknownSlots() {
        slots = OptionalInt.empty();
        return this;
    }

    Given firstToken(double millis) {
        firstToken = millis;
        return this;
    }

    Given rate(double tokensPerSecond) {
        rate = tokensPerSecond;
        return this;
    }

    Given roundTrip(double millis) {
        roundTrip = millis;
        return this;
    }

    Given gpu(double utilization) {
        gpu = OptionalDouble.of(utilization);
        return this;
    }

    Given tieBreak(double number) {
        tieBreak = number;
        return this;
    }

    Given prefix(double match) {
        prefix = match;
        return this;
    }

    Given session() {
        session = true;
        return this;
    }

    Given chosen(long number) {
        chosen = number;
        return this;
    }

    Candidate candidate() {
        Signals signals = new Signals(
                true,
                ServiceHealth.HEALTHY,
                outstanding,
                slots,
                OptionalInt.empty(),
                0,
                0,
                firstToken,
                tieBreak,
                firstToken,
                rate,
                roundTrip,
                gpu,
                prefix,
                session,
                chosen);
        return new Candidate(service, service.substring(0, service.indexOf('/')), "m", signals);
    }
}
