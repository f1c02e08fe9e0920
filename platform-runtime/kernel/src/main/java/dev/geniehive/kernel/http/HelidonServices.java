package dev.geniehive.kernel.http;

import io.helidon.common.mapper.Mappers;
import io.helidon.common.types.TypeName;
import io.helidon.service.registry.GlobalServiceRegistry;
import io.helidon.service.registry.Lookup;
import io.helidon.service.registry.RegistryMetrics;
import io.helidon.service.registry.ServiceInfo;
import io.helidon.service.registry.ServiceInstance;
import io.helidon.service.registry.ServiceRegistry;
import io.helidon.service.registry.ServiceRegistryException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What Helidon's server finds when it looks for services of Helidon's: one, which reads numbers in headers and queries.
 *
 * <p>Helidon's own registry reads a list in each jar and makes plans for services that nobody here asks for: at least two
 * hundred classes, and about four megabytes of an idle agent.
 */
@SuppressWarnings("TypeParameterUnusedInFormals") // so it is in what is implemented
final class HelidonServices implements ServiceRegistry {
    private final Mappers mappers = Mappers.builder()
            .mappersDiscoverServices(false)
            .mapperProvidersDiscoverServices(false)
            .build();

    private HelidonServices() {}

    /** Sees to it that there is a registry of this process. Harmless when called again. */
    static void provide() {
        GlobalServiceRegistry.registry(HelidonServices::new);
    }

    @Override
    public <T> T get(Class<T> contract) {
        if (contract.isInstance(mappers)) {
            return contract.cast(mappers);
        }
        throw absent(contract.getName());
    }

    @Override
    public <T> T get(TypeName contract) {
        throw absent(contract.fqName());
    }

    @Override
    public <T> T get(Lookup lookup) {
        throw absent(lookup.toString());
    }

    @Override
    public <T> Optional<T> get(ServiceInfo service) {
        return Optional.empty();
    }

    @Override
    public <T> Optional<T> first(TypeName contract) {
        return Optional.empty();
    }

    @Override
    public <T> Optional<T> first(Lookup lookup) {
        return Optional.empty();
    }

    @Override
    public <T> List<T> all(TypeName contract) {
        return List.of();
    }

    @Override
    public <T> List<T> all(Lookup lookup) {
        return List.of();
    }

    @Override
    public <T> Supplier<T> supply(TypeName contract) {
        throw absent(contract.fqName());
    }

    @Override
    public <T> Supplier<T> supply(Lookup lookup) {
        throw absent(lookup.toString());
    }

    @Override
    public <T> Supplier<Optional<T>> supplyFirst(TypeName contract) {
        return Optional::empty;
    }

    @Override
    public <T> Supplier<Optional<T>> supplyFirst(Lookup lookup) {
        return Optional::empty;
    }

    @Override
    public <T> Supplier<List<T>> supplyAll(TypeName contract) {
        return List::of;
    }

    @Override
    public <T> Supplier<List<T>> supplyAll(Lookup lookup) {
        return List::of;
    }

    @Override
    public List<ServiceInfo> allServices(TypeName contract) {
        return List.of();
    }

    @Override
    public List<ServiceInfo> lookupServices(Lookup lookup) {
        return List.of();
    }

    @Override
    public <T> List<ServiceInstance<T>> lookupInstances(Lookup lookup) {
        return List.of();
    }

    @Override
    public RegistryMetrics metrics() {
        throw absent("metrics");
    }

    private static ServiceRegistryException absent(String what) {
        return new ServiceRegistryException("The edge offers Helidon no service '%s'.".formatted(what));
    }
}
