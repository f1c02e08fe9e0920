package dev.geniehive.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.Probe;
import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.host.UpstreamReply;
import dev.geniehive.api.host.UpstreamRequest;
import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Ranked;
import dev.geniehive.api.model.Recognition;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.spi.Engine;
import dev.geniehive.api.spi.ProviderAdapter;
import dev.geniehive.api.spi.RankingPolicy;
import dev.geniehive.api.spi.Reply;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** The contracts let good implementations pass, and those made wrong on purpose fail exactly where they are wrong. */
class ContractsTest {
    @Test
    void letAGoodAdapterPass() {
        Outcome outcome = Outcome.of(GoodAdapter.class);

        assertThat(outcome.failed()).isEmpty();
        assertThat(outcome.passed()).hasSizeGreaterThan(8);
    }

    @Test
    void findAnAdapterThatKeepsTheClientsModelName() {
        assertThat(Outcome.of(KeepsTheModelName.class).failed())
                .containsExactly("sendsTheModelNameItWasGivenAndKeepsTheRestOfTheBody()");
    }

    @Test
    void findAnAdapterThatDoesNotHangUp() {
        assertThat(Outcome.of(DoesNotHangUp.class).failed())
                .containsExactly(
                        "endsAReadWhenClosedFromAnotherThread()", "hangsUpOnTheUpstreamWhenTheReplyIsClosed()");
    }

    @Test
    void findAnAdapterThatWaitsForTheWholeReply() {
        assertThat(Outcome.of(WaitsForTheEnd.class, "returnsWhileTheUpstreamIsStillTalking")
                        .failed())
                .isNotEmpty();
    }

    @Test
    void letAGoodEnginePass() {
        assertThat(Outcome.of(GoodEngine.class).failed()).isEmpty();
    }

    @Test
    void findAnEngineThatBelievesEverything() {
        assertThat(Outcome.of(BelievesEverything.class).failed())
                .containsExactly(
                        "doesNotTakeGarbageForAHealthyEngine()",
                        "hangsUpOnAReplyThatDoesNotEnd()",
                        "saysThatAKeyIsMissingOrWrong()",
                        "takesAStrangerForAStranger()",
                        "takesGarbageForAStranger()");
    }

    @Test
    void letAGoodPolicyPass() {
        assertThat(Outcome.of(GoodPolicy.class).failed()).isEmpty();
    }

    @Test
    void findAPolicyThatLosesCandidates() {
        assertThat(Outcome.of(LosesCandidates.class).failed()).contains("ranksEveryCandidateExactlyOnce()");
    }

    @Test
    void findAPolicyThatKeepsTheOrderItWasGiven() {
        assertThat(Outcome.of(KeepsTheOrder.class).failed()).containsExactly("doesNotCareInWhichOrderCandidatesCome()");
    }

    interface Chat extends ProviderAdapter {
        @Override
        default Set<Operation> operations() {
            return Set.of(Operation.CHAT);
        }
    }

    private static UpstreamReply post(Upstream upstream, Body body) throws InterruptedException {
        return upstream.send(UpstreamRequest.post("/chat", body));
    }

    @Disabled("run by ContractsTest")
    static class GoodAdapter extends ProviderAdapterContract {
        @Override
        protected ProviderAdapter adapter() {
            return (Chat) (upstream, invocation) ->
                    Reply.relaying(post(upstream, invocation.body().withModel(invocation.asset())));
        }
    }

    @Disabled("run by ContractsTest")
    static class KeepsTheModelName extends ProviderAdapterContract {
        @Override
        protected ProviderAdapter adapter() {
            return (Chat) (upstream, invocation) -> Reply.relaying(post(upstream, invocation.body()));
        }
    }

    @Disabled("run by ContractsTest")
    static class DoesNotHangUp extends ProviderAdapterContract {
        @Override
        protected ProviderAdapter adapter() {
            return (Chat) (upstream, invocation) -> new Unclosing(
                    Reply.relaying(post(upstream, invocation.body().withModel(invocation.asset()))));
        }
    }

    record Unclosing(Reply reply) implements Reply {
        @Override
        public int status() {
            return reply.status();
        }

        @Override
        public Headers headers() {
            return reply.headers();
        }

        @Override
        public InputStream body() {
            return reply.body();
        }

        @Override
        public void close() {}
    }

    @Disabled("run by ContractsTest")
    static class WaitsForTheEnd extends ProviderAdapterContract {
        @Override
        protected ProviderAdapter adapter() {
            return (Chat) (upstream, invocation) -> {
                Probe.send(
                        upstream,
                        UpstreamRequest.post("/chat", invocation.body().withModel(invocation.asset())));
                throw new IllegalStateException("not reached while the upstream talks");
            };
        }
    }

    static class NamedEngine implements Engine {
        @Override
        public List<Integer> usualPorts() {
            return List.of(1234);
        }

        @Override
        public Recognition fingerprint(Upstream upstream) throws InterruptedException {
            return asked(upstream).get("engine").equals(Json.of("good"))
                    ? new Recognition.Recognised(Recognition.Certainty.UNIQUE, "")
                    : new Recognition.Stranger("something else");
        }

        @Override
        public Inventory inspect(Upstream upstream) throws InterruptedException {
            if (Probe.get(upstream, "/me").wantsKey()) {
                return Inventory.without(ServiceHealth.UNHEALTHY, "It needs a key.");
            }
            return fingerprint(upstream) instanceof Recognition.Stranger(var reason)
                    ? Inventory.without(ServiceHealth.UNHEALTHY, reason)
                    : healthy();
        }

        static Json asked(Upstream upstream) throws InterruptedException {
            return Probe.get(upstream, "/me").json();
        }

        static Inventory healthy() {
            return Inventory.healthy("", List.of(Asset.loaded("a")), Map.of(Operation.CHAT, "openai"));
        }
    }

    @Disabled("run by ContractsTest")
    static class GoodEngine extends EngineContract {
        @Override
        protected Engine engine() {
            return new NamedEngine();
        }

        @Override
        protected FakeUpstream itself() {
            return new FakeUpstream().on("/me", FakeReply.json("{\"engine\":\"good\"}"));
        }
    }

    @Disabled("run by ContractsTest")
    static class BelievesEverything extends GoodEngine {
        @Override
        protected Engine engine() {
            return new NamedEngine() {
                @Override
                public Recognition fingerprint(Upstream upstream) throws InterruptedException {
                    asked(upstream);
                    return new Recognition.Recognised(Recognition.Certainty.UNIQUE, "");
                }

                @Override
                public Inventory inspect(Upstream upstream) throws InterruptedException {
                    asked(upstream);
                    return healthy();
                }
            };
        }
    }

    interface InOrder extends RankingPolicy {
        @Override
        default String explain(Candidate candidate) {
            return candidate.service();
        }
    }

    private static List<Ranked> numbered(List<Candidate> ordered) {
        return IntStream.range(0, ordered.size())
                .mapToObj(i -> new Ranked(ordered.get(i), i))
                .toList();
    }

    @Disabled("run by ContractsTest")
    static class GoodPolicy extends RankingPolicyContract {
        @Override
        protected RankingPolicy policy() {
            return (InOrder) (request, candidates) -> {
                List<Candidate> sorted = new ArrayList<>(candidates);
                sorted.sort(Comparator.comparing(Candidate::service));
                return numbered(sorted);
            };
        }
    }

    @Disabled("run by ContractsTest")
    static class LosesCandidates extends RankingPolicyContract {
        @Override
        protected RankingPolicy policy() {
            return (InOrder) (request, candidates) -> numbered(
                    candidates.stream().filter(c -> c.signals().loaded()).toList());
        }
    }

    @Disabled("run by ContractsTest")
    static class KeepsTheOrder extends RankingPolicyContract {
        @Override
        protected RankingPolicy policy() {
            return (InOrder) (request, candidates) -> numbered(candidates);
        }
    }
}
