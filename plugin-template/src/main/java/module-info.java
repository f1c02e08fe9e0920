/** Prefers machines by name. */
module com.example.preferhost {
    requires dev.geniehive.api;

    provides dev.geniehive.api.spi.GeniePlugin with
            com.example.preferhost.PreferHostPlugin;
}
