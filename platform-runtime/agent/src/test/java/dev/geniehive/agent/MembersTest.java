package dev.geniehive.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.agent.discovery.AgentConfig;
import dev.geniehive.agent.discovery.AgentConfig.Controls;
import dev.geniehive.agent.discovery.Discovery;
import dev.geniehive.agent.discovery.HeldEngines;
import dev.geniehive.agent.join.HeldServer;
import dev.geniehive.agent.join.HeldServer.Answer;
import dev.geniehive.agent.join.HeldServer.Asked;
import dev.geniehive.agent.join.Identities;
import dev.geniehive.agent.join.RemoteControlPlane;
import dev.geniehive.agent.link.RenewedLink;
import dev.geniehive.agent.report.Household;
import dev.geniehive.agent.report.Reporter;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.spi.Answer.Whole;
import dev.geniehive.kernel.app.Access;
import dev.geniehive.kernel.app.AppRoute;
import dev.geniehive.kernel.config.Secret;
import dev.geniehive.kernel.upstream.Upstreams;
import dev.geniehive.protocol.Assignment;
import dev.geniehive.protocol.HeartbeatAnswer;
import dev.geniehive.protocol.Platform;
import dev.geniehive.protocol.ProtocolJson;
import dev.geniehive.protocol.Registration;
import dev.geniehive.testkit.FakeUpstream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class MembersTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Registration SELF =
            new Registration(Optional.empty(), "box", "", "0", Map.of(), new Platform("Linux", "amd64", 4, 7));

    @TempDir
    private Path home;

    private final Upstreams upstreams = Upstreams.overSockets();
    private final BlockingQueue<String> links = new LinkedBlockingQueue<>();
    private final HeldEngines engines = new HeldEngines().knows("simulator").alive("simulator", "made-up");
    private final Household household = new Household(
            engines,
            new Discovery(engines, base -> new FakeUpstream(base.toString())),
            spec -> new FakeUpstream(spec.name()),
            System::nanoTime,
            Set::of);

    @AfterEach
    void stop() {
        household.close();
        upstreams.close();
    }

    @Test
    void joinsAndIsServedFromThenOnWithoutBeingAskedTo() throws Exception {
        try (HeldServer server = new HeldServer(MembersTest::welcome)) {
            try (Members members = members()) {
                members.start(joining(server.url()), true);

                assertThat(links.take()).isEqualTo("dial key-of-box");
                assertThat(members.notReady(System::nanoTime)).isEmpty();
            }
            assertThat(links.take()).isEqualTo("cut key-of-box");
            server.asked().clear();

            try (Members again = members()) {
                again.start(Controls.NONE, true);

                assertThat(server.asked().take().bearer()).isEqualTo("key-of-box");
                assertThat(links.take()).isEqualTo("dial key-of-box");
            }
        }
    }

    @Test
    void failsWhenTheOnlyControlPlaneDoesNotTakeTheToken() throws Exception {
        try (HeldServer server = new HeldServer(asked -> Answer.error(401, "It has expired."));
                Members members = members()) {
            assertThatExceptionOfType(GenieException.class)
                    .isThrownBy(() -> members.start(joining(server.url()), true))
                    .withMessageContaining("geniehive node invite")
                    .satisfies(refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.UNAUTHORIZED));
        }
    }

    @Test
    void goesOnWhenAnotherOneIsServed() throws Exception {
        try (HeldServer server = new HeldServer(asked -> Answer.error(401, "It has expired."));
                Members members = members()) {
            members.start(joining(server.url()), false);

            assertThat(members.notReady(System::nanoTime))
                    .singleElement()
                    .satisfies(reason -> assertThat(reason)
                            .startsWith("%s has not taken this machine in yet: ".formatted(server.url()))
                            .contains("It has expired."));
        }
    }

    @Test
    void keepsTryingWhereNobodyListensYet() throws Exception {
        int port;
        try (ServerSocket gone = new ServerSocket(0)) {
            port = gone.getLocalPort();
        }
        try (Members members = members()) {
            members.start(joining(URI.create("http://127.0.0.1:" + port)), true);

            assertThat(members.notReady(System::nanoTime))
                    .singleElement()
                    .asString()
                    .contains("cannot be reached");
        }
    }

    @Test
    void servesSeveralAtOnceEachUnderAnIdOfItsOwn() throws Exception {
        try (HeldServer one = new HeldServer(MembersTest::welcome);
                HeldServer two = new HeldServer(asked -> Answer.error(503, "starting"));
                Members members = members()) {
            Identities identities = Identities.read(home);
            new RemoteControlPlane(upstreams, one.url(), identities, Optional.of(new Secret("t"))).register(SELF);
            members.start(
                    new Controls(List.of(one.url(), two.url()), Optional.empty(), Optional.of(new Secret("t"))), true);
            links.take();

            members.reconfigure(Controls.NONE);
            two.answers(MembersTest::welcome);

            links.take();
            assertThat(members.all()).extracting(Member::url).containsExactly(one.url(), two.url());
            assertThat(Identities.read(home).all())
                    .extracting(identity -> identity.isMember())
                    .containsExactly(true, true);
        }
    }

    @Test
    void tellsItsOperatorWhatItHas() throws Exception {
        household.arrange(new AgentConfig("box", Map.of(), false, AgentConfig.Simulator.AUTO, List.of()));
        household.awaitFirstLooks(Duration.ofSeconds(5));
        try (HeldServer server = new HeldServer(MembersTest::welcome);
                Members members = members()) {
            members.start(joining(server.url()), true);
            List<AppRoute> routes = new InventoryApi(SELF, household, members).routes();
            assertThat(routes).extracting(AppRoute::access).containsOnly(Access.OPERATOR);

            Json before = ask(routes, "/v1/node/inventory");
            Json after = ask(routes, "/v1/node/services/refresh");

            assertThat(before.get("object").asString()).contains("node");
            assertThat(before.get("node_id").asString()).contains("box");
            assertThat(before.get("platform").get("memory_bytes").asLong()).hasValue(7);
            Json control = before.get("control_planes").items().getFirst();
            assertThat(control.get("url").asString()).contains(server.url().toString());
            assertThat(control.get("connected").asBoolean()).contains(true);
            assertThat(control.get("since").asString()).isPresent();
            Json service = before.get("services").items().getFirst();
            assertThat(service.get("name").asString()).contains("simulator");
            assertThat(looks(after)).isGreaterThan(looks(before));
        }
    }

    private static long looks(Json inventory) {
        return inventory
                .get("services")
                .items()
                .getFirst()
                .get("looks")
                .asLong()
                .orElseThrow();
    }

    /** These handlers take nothing from the request. */
    @SuppressWarnings("NullAway")
    private static Json ask(List<AppRoute> routes, String path) throws Exception {
        for (AppRoute route : routes) {
            if (route.route().pattern().equals(path) && route.route().handler().handle(null) instanceof Whole whole) {
                try (var in = whole.body().open()) {
                    return Json.parse(in.readAllBytes());
                }
            }
        }
        throw new AssertionError("nobody answers " + path);
    }

    private Members members() {
        Identities identities = Identities.read(home);
        return new Members(identities, (url, controls) -> member(url, controls, identities));
    }

    private Member member(URI url, Controls controls, Identities identities) {
        RemoteControlPlane control = new RemoteControlPlane(upstreams, url, identities, controls.tokenFor(url));
        RenewedLink link = new RenewedLink(key -> {
            links.add("dial " + key.reveal());
            return () -> links.add("cut " + key.reveal());
        });
        Reporter reporter = new Reporter(
                new Reporter.Whom(url.toString(), control, SELF, new Member.LinkKeeper(control, link)),
                new Reporter.What(household, InventoryApi::throughLink, Optional::empty),
                new Reporter.Clocks(System::nanoTime, InstantSource.system(), new Random(1)));
        return new Member(url, control, link, reporter);
    }

    private static Controls joining(URI url) {
        return new Controls(List.of(url), Optional.of(url), Optional.of(new Secret("t0ken")));
    }

    private static Answer welcome(Asked asked) {
        if (asked.path().endsWith("heartbeat")) {
            HeartbeatAnswer taken = new HeartbeatAnswer(SECOND, false, List.of(), List.of());
            return new Answer(200, ProtocolJson.of(taken).toString());
        }
        Assignment assignment =
                new Assignment("box", Optional.of("key-of-box"), SECOND, SECOND, Duration.ofSeconds(5), "0");
        return new Answer(200, ProtocolJson.of(assignment).toString());
    }
}
