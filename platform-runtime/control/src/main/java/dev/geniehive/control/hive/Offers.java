package dev.geniehive.control.hive;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who serves one name, in the order of their ids. The list never changes; as long as none of them does, all snapshots of
 * the hive share it.
 *
 * <p>So it is the place to keep what somebody works out of it: that is there as long as it holds, and gone with the list.
 * Safe for use by many threads at once.
 */
public final class Offers extends AbstractList<Offer> implements RandomAccess {
    private final List<Offer> all;
    private final AtomicReference<@Nullable Object> derived = new AtomicReference<>();

    private Offers(List<Offer> all) {
        this.all = all;
    }

    /** {@return these, with nothing worked out yet} */
    static Offers of(List<Offer> some) {
        return new Offers(List.copyOf(some));
    }

    @Override
    public Offer get(int index) {
        return all.get(index);
    }

    @Override
    public int size() {
        return all.size();
    }

    @Override
    public Object[] toArray() {
        return all.toArray();
    }

    /**
     * {@return what was made of these offers, the same for all who ask} There is room for one thing: who asks for another
     * type takes its place.
     *
     * @param make called where it was not made yet; by several threads at once, maybe
     */
    public <T> T derived(Class<T> type, Function<? super Offers, ? extends T> make) {
        Object known = derived.get();
        if (!type.isInstance(known)) {
            T made = make.apply(this);
            return derived.compareAndSet(known, made) ? made : derived(type, make);
        }
        return type.cast(known);
    }
}
