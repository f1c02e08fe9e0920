import org.jspecify.annotations.NullMarked;

/** The node agent: finds, watches and reports what one machine has. */
@NullMarked
module dev.geniehive.agent {
    requires com.github.oshi;
    requires dev.geniehive.api;
    requires dev.geniehive.kernel;
    requires dev.geniehive.protocol;
    requires jdk.management;
    requires org.slf4j;
    requires static org.jspecify;

    provides dev.geniehive.kernel.app.App with
            dev.geniehive.agent.AgentApp;
}
