package dev.geniehive.plugin.ranking;

import dev.geniehive.api.host.ConfigView;
import dev.geniehive.api.model.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What share of the requests each service is to get.
 *
 * @param rules the first one that fits counts
 */
record Weights(List<Rule> rules) {
    private static final int MOST = 1_000;

    Weights {
        rules = List.copyOf(rules);
    }

    /**
     * The weight of some services.
     *
     * @param service their ids: words with stars for anything between them
     * @param weight 0 to 1,000; 0 for the last resort
     */
    record Rule(List<String> service, int weight) {
        boolean fits(String id) {
            int from = 0;
            for (int i = 0; i < service.size(); i++) {
                String part = service.get(i);
                boolean last = i == service.size() - 1;
                int at = last && i > 0 ? Math.max(from, id.length() - part.length()) : id.indexOf(part, from);
                if (at < 0 || (i == 0 && at > 0) || !id.startsWith(part, at)) {
                    return false;
                }
                from = at + part.length();
            }
            return from == id.length();
        }
    }

    /** {@return the weights of a section; what is not acceptable is rejected there} */
    static Weights from(ConfigView config) {
        List<Rule> rules = new ArrayList<>();
        for (ConfigView entry : config.sections("weights")) {
            String service = entry.string("service").orElse("");
            if (service.isBlank()) {
                entry.reject("service", "must be the id of a service (HOST/NAME); * stands for anything");
            }
            OptionalInt weight = entry.integer("weight");
            int value = weight.orElse(1);
            if (weight.isEmpty() || value < 0 || value > MOST) {
                entry.reject("weight", "must be between 0 and " + MOST);
            }
            rules.add(new Rule(List.of(service.split("\\*", -1)), Math.clamp(value, 0, MOST)));
        }
        return new Weights(rules);
    }

    /** {@return the weight of a candidate: as configured, else its slots, else 1} */
    int of(Candidate candidate) {
        for (Rule rule : rules) {
            if (rule.fits(candidate.service())) {
                return rule.weight();
            }
        }
        return Math.max(1, candidate.signals().slots().orElse(1));
    }
}
