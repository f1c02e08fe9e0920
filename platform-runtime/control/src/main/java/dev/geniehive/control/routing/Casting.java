package dev.geniehive.control.routing;

import dev.geniehive.api.model.Ability;
import dev.geniehive.api.model.Asset;
import dev.geniehive.control.hive.Host;
import dev.geniehive.control.hive.Offer;
import dev.geniehive.control.hive.Service;
import dev.geniehive.control.roles.MaxSize;
import dev.geniehive.control.roles.ModelPattern;
import dev.geniehive.control.roles.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Which models fit a role, whatever the request. Pure.
 *
 * @param fitting those that do, each with the place of its family in the role's list
 * @param unfit those that do not, and why
 */
record Casting(List<Fit> fitting, List<Verdict.Dropped> unfit) {
    /**
     * A model that fits.
     *
     * @param preference from 0, lower is better
     */
    record Fit(Offer offer, int preference) {}

    /** {@return which models of one host fit} */
    static Casting of(Host host, Role role) {
        long memory = host.platform().memoryBytes();
        List<Fit> fitting = new ArrayList<>();
        List<Verdict.Dropped> unfit = new ArrayList<>();
        host.assets().forEach(offer -> {
            OptionalInt preference = role.casting().preference(names(offer));
            Optional<Verdict.Dropped> drop = preference.isEmpty()
                    ? Optional.of(otherModel(offer, role.casting()))
                    : drop(offer, role.casting(), memory);
            drop.ifPresentOrElse(unfit::add, () -> fitting.add(new Fit(offer, preference.orElse(0))));
        });
        return new Casting(fitting, unfit);
    }

    /** {@return all of several, one after the other} */
    static Casting of(Collection<Casting> some) {
        return new Casting(
                some.stream().flatMap(one -> one.fitting.stream()).toList(),
                some.stream().flatMap(one -> one.unfit.stream()).toList());
    }

    private static List<String> names(Offer offer) {
        Map<String, String> aliases = offer.service().terms().aliases();
        if (aliases.isEmpty()) {
            return List.of(offer.asset().id());
        }
        List<String> names = new ArrayList<>(List.of(offer.asset().id()));
        aliases.forEach((alias, target) -> {
            if (target.equals(offer.asset().id())) {
                names.add(alias);
            }
        });
        return names;
    }

    private static Verdict.Dropped otherModel(Offer offer, Role.Casting wanted) {
        return new Verdict.Dropped(
                offer,
                Drop.MODELS,
                () -> "%s is none of %s"
                        .formatted(
                                offer.asset().id(),
                                wanted.models().stream().map(ModelPattern::text).collect(Collectors.joining(", "))));
    }

    /** @param memory bytes of main memory of its host, 0 if unknown */
    private static Optional<Verdict.Dropped> drop(Offer offer, Role.Casting wanted, long memory) {
        Service service = offer.service();
        Asset asset = offer.asset();
        String exposure = service.terms().exposure();
        boolean kept = service.terms().overflow(); // whether and when it may is a matter of queues
        if (!kept && !wanted.exposure().isEmpty() && !wanted.exposure().contains(exposure)) {
            return Optional.of(new Verdict.Dropped(
                    offer, Drop.EXPOSURE, () -> "is for %s, the role for %s".formatted(exposure, exposures(wanted))));
        }
        Optional<MaxSize> limit = wanted.maxSize().filter(size -> size.isBelow(asset));
        if (limit.isPresent()) {
            return Optional.of(new Verdict.Dropped(
                    offer,
                    Drop.MAX_SIZE,
                    () -> "has weights of %s, at most %s are wanted"
                            .formatted(limit.get().spell(asset), limit.get().text())));
        }
        if (memory > 0 && memory < wanted.minMemoryBytes().orElse(0)) {
            return Optional.of(new Verdict.Dropped(
                    offer,
                    Drop.MIN_MEMORY,
                    () -> "is on a host with %d bytes of memory, at least %d are wanted"
                            .formatted(memory, wanted.minMemoryBytes().orElse(0))));
        }
        int context = asset.contextLength().orElse(Integer.MAX_VALUE);
        if (context < wanted.minContext().orElse(0)) {
            return Optional.of(new Verdict.Dropped(
                    offer,
                    Drop.MIN_CONTEXT,
                    () -> "has %d tokens of context, at least %d are wanted"
                            .formatted(context, wanted.minContext().orElse(0))));
        }
        Optional<Ability> missing = Filters.missing(asset, wanted.requires());
        return missing.map(ability -> new Verdict.Dropped(
                offer, Drop.REQUIRES, () -> "cannot do %s, which is wanted".formatted(ability.wireName())));
    }

    private static String exposures(Role.Casting wanted) {
        return wanted.exposure().stream().sorted().collect(Collectors.joining(", "));
    }
}
