package dev.geniehive.control.hive;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A map by text that is changed by making another one, which shares with it all but a few nodes: what one change costs
 * hardly grows with the size. Two that come from one another are compared by what they do not share. Immutable.
 *
 * <p>A hash array mapped trie: each level takes five bits of the hash, and a branch has only the children that there are.
 *
 * @param <V> the values
 */
final class Trie<V> {
    private static final int BITS = 5;
    private static final int MASK = (1 << BITS) - 1;

    private final Branch<V> root;
    private final int size;
    private volatile @Nullable SortedMap<String, V> sorted;

    private Trie(Branch<V> root, int size) {
        this.root = root;
        this.size = size;
    }

    static <V> Trie<V> empty() {
        return new Trie<>(new Branch<>(0, Trie.<V>nodes(0)), 0);
    }

    int size() {
        return size;
    }

    @Nullable
    V get(String key) {
        int hash = hash(key);
        Node<V> node = root;
        for (int shift = 0; node instanceof Branch<V> branch; shift += BITS) {
            int bit = bit(hash, shift);
            if ((branch.bitmap & bit) == 0) {
                return null;
            }
            node = branch.children[branch.index(bit)];
        }
        Leaf<V> leaf = ((Leaf<V>) node).of(key);
        return leaf == null ? null : leaf.value;
    }

    /** {@return the same with a value, in the place of the one that the key had} */
    Trie<V> with(String key, V value) {
        boolean known = get(key) != null;
        return new Trie<>(put(root, 0, hash(key), key, value), known ? size : size + 1);
    }

    /** {@return the same without a key; this if it is not there} */
    Trie<V> without(String key) {
        return get(key) == null ? this : new Trie<>(remove(root, 0, hash(key), key), size - 1);
    }

    /** In no order that means anything. */
    void forEach(BiConsumer<String, V> action) {
        forEach(root, action);
    }

    /** {@return all of it, by key; not to be changed} It is made when somebody asks for the first time. */
    SortedMap<String, V> sorted() {
        SortedMap<String, V> known = sorted;
        if (known == null) {
            TreeMap<String, V> made = new TreeMap<>();
            forEach(made::put);
            known = Collections.unmodifiableSortedMap(made);
            sorted = known;
        }
        return known;
    }

    /** {@return the keys whose value is another object than in that one, or only in one of both} */
    @SuppressWarnings("ReferenceEquality") // what is the same object has not changed
    Set<String> differing(Trie<V> other) {
        Set<String> keys = new HashSet<>();
        collect(root, other.root, keys);
        keys.removeIf(key -> get(key) == other.get(key));
        return keys;
    }

    private sealed interface Node<V> {}

    private static final class Branch<V> implements Node<V> {
        private final int bitmap;
        private final Node<V>[] children;

        Branch(int bitmap, Node<V>[] children) {
            this.bitmap = bitmap;
            this.children = children;
        }

        int index(int bit) {
            return Integer.bitCount(bitmap & (bit - 1));
        }

        @Nullable
        Node<V> at(int bit) {
            return (bitmap & bit) == 0 ? null : children[index(bit)];
        }

        Branch<V> with(int bit, Node<V> child) {
            int index = index(bit);
            if ((bitmap & bit) != 0) {
                Node<V>[] next = children.clone();
                next[index] = child;
                return new Branch<>(bitmap, next);
            }
            Node<V>[] next = nodes(children.length + 1);
            System.arraycopy(children, 0, next, 0, index);
            next[index] = child;
            System.arraycopy(children, index, next, index + 1, children.length - index);
            return new Branch<>(bitmap | bit, next);
        }

        Branch<V> without(int bit) {
            int index = index(bit);
            Node<V>[] next = nodes(children.length - 1);
            System.arraycopy(children, 0, next, 0, index);
            System.arraycopy(children, index + 1, next, index, next.length - index);
            return new Branch<>(bitmap & ~bit, next);
        }
    }

    /** Keys of the same hash stand in a row. */
    private static final class Leaf<V> implements Node<V> {
        private final int hash;
        private final String key;
        private final V value;
        private final @Nullable Leaf<V> next;

        Leaf(int hash, String key, V value, @Nullable Leaf<V> next) {
            this.hash = hash;
            this.key = key;
            this.value = value;
            this.next = next;
        }

        @Nullable
        Leaf<V> of(String wanted) {
            Leaf<V> leaf = this;
            while (leaf != null && !leaf.key.equals(wanted)) {
                leaf = leaf.next;
            }
            return leaf;
        }

        @Nullable
        Leaf<V> without(String unwanted) {
            if (key.equals(unwanted)) {
                return next;
            }
            return new Leaf<>(hash, key, value, next == null ? null : next.without(unwanted));
        }
    }

    private static <V> Branch<V> put(Branch<V> branch, int shift, int hash, String key, V value) {
        int bit = bit(hash, shift);
        return branch.with(bit, put(branch.at(bit), shift + BITS, hash, key, value));
    }

    private static <V> Node<V> put(@Nullable Node<V> node, int shift, int hash, String key, V value) {
        return switch (node) {
            case null -> new Leaf<>(hash, key, value, null);
            case Branch<V> branch -> put(branch, shift, hash, key, value);
            case Leaf<V> leaf when leaf.hash == hash -> new Leaf<>(hash, key, value, leaf.without(key));
            case Leaf<V> leaf ->
                put(new Branch<>(0, Trie.<V>nodes(0)).with(bit(leaf.hash, shift), leaf), shift, hash, key, value);
        };
    }

    /** The key is there. */
    private static <V> Branch<V> remove(Branch<V> branch, int shift, int hash, String key) {
        int bit = bit(hash, shift);
        Node<V> left = switch (branch.children[branch.index(bit)]) {
            case Leaf<V> leaf -> leaf.without(key);
            case Branch<V> child -> pruned(remove(child, shift + BITS, hash, key));
        };
        return left == null ? branch.without(bit) : branch.with(bit, left);
    }

    /** {@return the only leaf of a branch that has one, else the branch} */
    private static <V> Node<V> pruned(Branch<V> branch) {
        return branch.children.length == 1 && branch.children[0] instanceof Leaf<V> leaf ? leaf : branch;
    }

    private static <V> void forEach(Node<V> node, BiConsumer<String, V> action) {
        switch (node) {
            case Branch<V> branch -> {
                for (Node<V> child : branch.children) {
                    forEach(child, action);
                }
            }
            case Leaf<V> first -> {
                for (Leaf<V> leaf = first; leaf != null; leaf = leaf.next) {
                    action.accept(leaf.key, leaf.value);
                }
            }
        }
    }

    /** Collects at least the keys that differ. */
    private static <V> void collect(@Nullable Node<V> one, @Nullable Node<V> other, Set<String> keys) {
        if (one == other) {
            return;
        }
        if (one instanceof Branch<V> a && other instanceof Branch<V> b) {
            for (int left = a.bitmap | b.bitmap; left != 0; left &= left - 1) {
                int bit = Integer.lowestOneBit(left);
                collect(a.at(bit), b.at(bit), keys);
            }
            return;
        }
        if (one != null) {
            forEach(one, (key, value) -> keys.add(key));
        }
        if (other != null) {
            forEach(other, (key, value) -> keys.add(key));
        }
    }

    private static int hash(String key) {
        int hash = key.hashCode();
        return hash ^ (hash >>> 16);
    }

    private static int bit(int hash, int shift) {
        return 1 << ((hash >>> shift) & MASK);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of generic types
    private static <V> Node<V>[] nodes(int length) {
        return new Node[length];
    }
}
