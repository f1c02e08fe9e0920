import org.jspecify.annotations.NullMarked;

/** The {@code geniehive} command: launches the assemblies and talks to a control plane. */
@NullMarked
module dev.geniehive.cli {
    requires dev.geniehive.api;
    requires dev.geniehive.kernel;
    requires info.picocli;
    requires java.management;
    requires java.net.http;
    requires org.slf4j;
    requires static org.jspecify;

    opens dev.geniehive.cli to
            info.picocli;

    uses dev.geniehive.kernel.app.App;
}
