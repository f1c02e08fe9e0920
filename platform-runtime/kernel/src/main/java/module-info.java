import org.jspecify.annotations.NullMarked;

/**
 * The core that control plane and node agent share: boot and life, plugins, the HTTP edge, the client to engines,
 * configuration, access, metrics. It knows no hive: it meets the assemblies as {@code App}.
 */
@NullMarked
module dev.geniehive.kernel {
    requires transitive dev.geniehive.api;
    requires io.helidon.common.mapper;
    requires io.helidon.common.task;
    requires io.helidon.common.types;
    requires io.helidon.service.registry;
    requires io.helidon.webserver;
    requires java.logging;
    requires java.management;
    requires jdk.management;
    requires micrometer.core;
    requires micrometer.registry.prometheus;
    requires org.slf4j;
    requires org.snakeyaml.engine;
    requires pf4j;
    requires static org.jspecify;

    exports dev.geniehive.kernel.access;
    exports dev.geniehive.kernel.app;
    exports dev.geniehive.kernel.body;
    exports dev.geniehive.kernel.config;
    exports dev.geniehive.kernel.http;
    exports dev.geniehive.kernel.link;
    exports dev.geniehive.kernel.log;
    exports dev.geniehive.kernel.meter;
    exports dev.geniehive.kernel.plugin;
    exports dev.geniehive.kernel.upstream;

    uses dev.geniehive.api.spi.GeniePlugin;
    uses dev.geniehive.kernel.app.App;
}
