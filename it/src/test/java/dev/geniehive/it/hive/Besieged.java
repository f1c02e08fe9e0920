package dev.geniehive.it.hive;

import dev.geniehive.it.engine.FakeEngine;
import dev.geniehive.it.engine.Flavor;
import dev.geniehive.it.engine.Knobs;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Random;

/** An engine that is killed, slowed and filled, and comes back on the same port. Used by one thread. */
final class Besieged implements AutoCloseable {
    private static final Trouble[] TROUBLES = Trouble.values();

    private final Flavor flavor;
    private final Knobs good;
    private FakeEngine engine;
    private boolean dead;

    private Besieged(Flavor flavor, Knobs good) {
        this.flavor = flavor;
        this.good = good;
        this.engine = FakeEngine.start(flavor, good);
    }

    static Besieged serving(Flavor flavor, String model) {
        return new Besieged(
                flavor,
                Knobs.defaults()
                        .with("models", model)
                        .with("loaded", model)
                        .with("keep-alive", false)
                        .with("keep-bytes", 1024));
    }

    URI uri() {
        return engine.uri();
    }

    int inFlight() {
        return engine.inFlight();
    }

    /** Something happens to it. */
    void suffer(Random random) {
        switch (random.nextInt(12)) {
            case 0 -> kill();
            case 1 -> turn(good.with("first-ms", 300).with("token-ms", 30));
            case 2 ->
                turn(good.with("die-after", 1 + random.nextInt(4)).with("death", random.nextBoolean() ? "rst" : "fin"));
            case 3 -> turn(good.with("silent-after", random.nextInt(4)));
            case 4 -> turn(good.with("error-after", random.nextInt(4)));
            case 5, 6, 7, 8 -> behave();
            default -> turn(TROUBLES[random.nextInt(TROUBLES.length)].on(good));
        }
    }

    void behave() {
        turn(good);
    }

    private void kill() {
        engine.close();
        dead = true;
    }

    private void turn(Knobs knobs) {
        if (!dead) {
            engine.turn(knobs);
            return;
        }
        try {
            engine = FakeEngine.start(flavor, knobs, engine.port());
            dead = false;
        } catch (UncheckedIOException portTaken) {
            // a connection of somebody else has it for a moment: it stays dead until it is tried again
        }
    }

    boolean isDead() {
        return dead;
    }

    @Override
    public void close() {
        engine.close();
    }
}
