package dev.geniehive.control.hive;

import dev.geniehive.api.model.Asset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One name while it changes: the offers of single services are exchanged. Used by one thread. */
final class Naming {
    private static final String IMPLIED_TAG = ":latest";

    private final @Nullable Name before;
    private final List<Offer> offers;
    private int mentions;
    private boolean others;

    /** @param before null if the name is new */
    Naming(@Nullable Name before) {
        this.before = before;
        this.offers = before == null ? new ArrayList<>() : new ArrayList<>(before.offers());
        this.mentions = before == null ? 0 : before.mentions();
    }

    /** {@return what a service offers by each name} */
    static Map<String, List<Offer>> offers(Service service, Host.Status host) {
        Map<String, List<Offer>> names = new HashMap<>();
        for (Asset asset : service.inventory().assets()) {
            add(names, asset.id(), new Offer(service, asset, Offer.Kind.ASSET, host));
            if (asset.id().endsWith(IMPLIED_TAG)) {
                String bare = asset.id().substring(0, asset.id().length() - IMPLIED_TAG.length());
                add(names, bare, new Offer(service, asset, Offer.Kind.IMPLIED, host));
            }
            service.terms().aliases().forEach((alias, target) -> {
                if (target.equals(asset.id())) {
                    add(names, alias, new Offer(service, asset, Offer.Kind.ALIAS, host));
                }
            });
        }
        return names;
    }

    /** One name may stand for one model in several ways; then the plainest one counts. */
    private static void add(Map<String, List<Offer>> names, String name, Offer offer) {
        if (name.isBlank()) {
            return;
        }
        List<Offer> offers = names.computeIfAbsent(name, unknown -> new ArrayList<>(1));
        for (Offer other : offers) {
            if (other.isSame(offer) && other.kind().compareTo(offer.kind()) <= 0) {
                return;
            }
        }
        offers.removeIf(offer::isSame);
        offers.add(offer);
    }

    /** It is given by so many more than before. */
    void mention(int more) {
        mentions += more;
    }

    /** A service offers these by the name from now on, and nothing else. */
    void exchange(String service, List<Offer> next) {
        int from = place(service);
        int to = from;
        while (to < offers.size() && offers.get(to).service().id().equals(service)) {
            to++;
        }
        List<Offer> own = offers.subList(from, to);
        if (alike(own, next)) {
            for (int i = 0; i < own.size(); i++) {
                own.set(i, next.get(i).meant(own.get(i).meant()));
            }
        } else {
            own.clear();
            offers.addAll(from, next);
            others = true;
        }
    }

    /** {@return whether these are the same weights, so that the name goes on to mean what it means} */
    private static boolean alike(List<Offer> some, List<Offer> others) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            if (!Identity.isChosenAlike(some.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** {@return the index of the first offer of a service, or where it would stand} */
    private int place(String service) {
        int low = 0;
        int high = offers.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (offers.get(middle).service().id().compareTo(service) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** {@return what is known of the name now; null if nothing is} */
    @Nullable
    Name done(Instant now) {
        if (offers.isEmpty() && mentions == 0) {
            return null;
        }
        Instant since = before != null && before.mentions() > 0 ? before.since() : now;
        if (others) {
            offers.replaceAll(offer -> offer.meant(true));
        }
        return new Name(Offers.of(others ? Identity.told(offers) : offers), mentions, since);
    }
}
