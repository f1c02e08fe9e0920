package dev.geniehive.api.spi;

import java.util.function.Function;

/**
 * A place where a plugin can extend GenieHive. These are all of them.
 *
 * @param <T> what a plugin provides here
 * @param <C> what the platform lends it while creating one
 */
public final class ExtensionPoint<T, C extends ExtensionContext> {
    /** Speaks an engine's dialect of one or more operations. */
    public static final ExtensionPoint<ProviderAdapter, ExtensionContext> PROVIDER_ADAPTER =
            new ExtensionPoint<>("provider-adapter", ProviderAdapter.class);

    /** Knows one engine: recognises it and reads its state. */
    public static final ExtensionPoint<Engine, ExtensionContext> ENGINE = new ExtensionPoint<>("engine", Engine.class);

    /** Reads the GPUs of this machine. */
    public static final ExtensionPoint<GpuProbe, ExtensionContext> GPU_PROBE =
            new ExtensionPoint<>("gpu-probe", GpuProbe.class);

    /** Orders the services that could answer a request. */
    public static final ExtensionPoint<RankingPolicy, ExtensionContext> RANKING_POLICY =
            new ExtensionPoint<>("ranking-policy", RankingPolicy.class);

    /** Offers a client API. */
    public static final ExtensionPoint<ApiFacade, FacadeContext> API_FACADE =
            new ExtensionPoint<>("api-facade", ApiFacade.class);

    private final String name;
    private final Class<T> type;

    private ExtensionPoint(String name, Class<T> type) {
        this.name = name;
        this.type = type;
    }

    /** {@return the name in messages, for example {@code provider-adapter}} */
    public String name() {
        return name;
    }

    /** {@return the interface of what is provided here} */
    public Class<T> type() {
        return type;
    }

    /**
     * Offers an implementation under a name.
     *
     * @param name what configuration calls it: lower case letters, digits and dashes
     * @param create makes it, from the configuration in the context
     */
    public Extension<T, C> named(String name, Function<? super C, ? extends T> create) {
        return new Extension<>(this, name, create);
    }

    @Override
    public String toString() {
        return name;
    }
}
