package dev.geniehive.kernel.http;

import io.helidon.common.mapper.Mappers;
import io.helidon.service.registry.GlobalServiceRegistry;
import io.helidon.service.registry.ServiceRegistry;
import io.helidon.service.registry.ServiceRegistryConfig;
import io.helidon.service.registry.ServiceRegistryManager;

/**
 * What Helidon's server finds when it looks for services of Helidon's: one, which reads numbers in headers and queries.
 *
 * <p>Left to itself Helidon reads a list in each jar and makes plans for a hundred services that nobody here asks for.
 */
final class HelidonServices {
    private HelidonServices() {}

    /** Sees to it that there is a registry of this process. Harmless when called again. */
    static void provide() {
        GlobalServiceRegistry.registry(HelidonServices::registry);
    }

    private static ServiceRegistry registry() {
        Mappers mappers = Mappers.builder()
                .mappersDiscoverServices(false)
                .mapperProvidersDiscoverServices(false)
                .build();
        ServiceRegistryConfig config = ServiceRegistryConfig.builder()
                .discoverServices(false)
                .discoverServicesFromServiceLoader(false)
                .putContractInstance(Mappers.class, mappers)
                .build();
        return ServiceRegistryManager.create(config).registry();
    }
}
