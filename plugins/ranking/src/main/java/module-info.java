import org.jspecify.annotations.NullMarked;

/** Orders the services that could answer a request. */
@NullMarked
module dev.geniehive.plugin.ranking {
    requires dev.geniehive.api;
    requires static org.jspecify;

    provides dev.geniehive.api.spi.GeniePlugin with
            dev.geniehive.plugin.ranking.RankingPlugin;
}
