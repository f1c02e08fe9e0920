package dev.geniehive.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Json;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtocolJsonTest {
    private static final String SERVICE =
            "{'name':'llama','engine':'llamacpp','looks':1,'inventory':{'health':'healthy'}}";

    @Test
    void carriesARegistrationThereAndBack() {
        assertThat(ProtocolJson.registration(again(ProtocolJson.of(Samples.REGISTRATION))))
                .isEqualTo(Samples.REGISTRATION);

        Registration bare = new Registration(Optional.empty(), "box", "", "", Map.of(), new Platform("", "", 1, 0));
        assertThat(ProtocolJson.registration(again(ProtocolJson.of(bare)))).isEqualTo(bare);
    }

    @Test
    void carriesAHeartbeatThereAndBack() {
        assertThat(ProtocolJson.heartbeat(again(ProtocolJson.of(Samples.HEARTBEAT))))
                .isEqualTo(Samples.HEARTBEAT);

        Heartbeat bare = new Heartbeat("box", 0, Optional.empty(), Optional.empty(), List.of());
        assertThat(ProtocolJson.heartbeat(again(ProtocolJson.of(bare)))).isEqualTo(bare);
        assertThat(ProtocolJson.of(bare).toString()).isEqualTo("{\"protocol\":1,\"node_id\":\"box\",\"generation\":0}");
    }

    @Test
    void tellsNoServicesFromServicesNotSaid() {
        Heartbeat none = Heartbeat.full("box", 1, List.of());

        assertThat(ProtocolJson.heartbeat(again(ProtocolJson.of(none))).services())
                .contains(List.of());
    }

    @Test
    void carriesTelemetryOfWhichNothingIsKnown() {
        Telemetry nothing =
                new Telemetry(OptionalDouble.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

        assertThat(ProtocolJson.of(nothing)).hasToString("{}");
        assertThat(ProtocolJson.telemetry(Json.object())).isEqualTo(nothing);
    }

    @Test
    void carriesAnAssignmentThereAndBackInTheWordsOfTheContract() {
        Assignment full = new Assignment(
                "box",
                Optional.of("gh-node-x"),
                Duration.ofSeconds(1),
                Duration.ofMillis(618),
                Duration.ofSeconds(5),
                "0.3.0");

        assertThat(ProtocolJson.of(full)).hasToString("""
                        {"node_id":"box","node_key":"gh-node-x","heartbeat_interval_ms":1000,\
                        "first_heartbeat_ms":618,"lost_after_ms":5000,"control_version":"0.3.0"}""");
        assertThat(ProtocolJson.assignment(again(ProtocolJson.of(full)))).isEqualTo(full);
        Assignment back =
                new Assignment("box", Optional.empty(), full.lostAfter(), full.lostAfter(), full.lostAfter(), "");
        assertThat(ProtocolJson.assignment(again(ProtocolJson.of(back)))).isEqualTo(back);
    }

    @Test
    void carriesAnAnswerThereAndBack() {
        HeartbeatAnswer full = new HeartbeatAnswer(
                Duration.ofSeconds(2),
                true,
                List.of(new Directive.Look("d1", Set.of("llama", "ollama")), new Directive.Look("d2", Set.of())),
                List.of("d0"));

        assertThat(ProtocolJson.heartbeatAnswer(again(ProtocolJson.of(full)))).isEqualTo(full);
        HeartbeatAnswer bare = new HeartbeatAnswer(Duration.ofSeconds(1), false, List.of(), List.of());
        assertThat(ProtocolJson.heartbeatAnswer(again(ProtocolJson.of(bare)))).isEqualTo(bare);
    }

    @Test
    void takesDirectivesOfLaterVersionsAsUnknown() {
        HeartbeatAnswer answer = ProtocolJson.heartbeatAnswer(json("""
                {'heartbeat_interval_ms':1000,'directives':[{'id':'d1','kind':'dance','how':{'fast':true}}]}"""));

        assertThat(answer.directives()).containsExactly(new Directive.Unknown("d1", "dance"));
        assertThat(answer.resend()).isFalse();
    }

    @Test
    void neverTellsAnAddressOrAKeyOfAnEngine() {
        ServiceReport direct = new ServiceReport(
                "llama",
                "llamacpp",
                new Reach.Direct(URI.create("http://10.1.2.3:8080"), Optional.of("sk-secret")),
                Terms.NONE,
                Samples.SERVICE.inventory(),
                1);

        String text = ProtocolJson.of(Heartbeat.full("box", 1, List.of(direct))).toString();

        assertThat(text).doesNotContain("10.1.2.3").doesNotContain("sk-secret");
        assertThat(ProtocolJson.heartbeat(Json.parse(text))
                        .services()
                        .orElseThrow()
                        .getFirst()
                        .reach())
                .isEqualTo(new Reach.Link());
    }

    @Test
    void passesOverWhatItDoesNotKnow() {
        Heartbeat heartbeat = ProtocolJson.heartbeat(json("""
                {'protocol':1,'node_id':'box','generation':3,'mood':'good','services':[
                 {'name':'llama','engine':'llamacpp','looks':1,'colour':'red','inventory':{'health':'healthy',
                  'adapters':{'chat':'openai','dancing':'dance'},
                  'assets':[{'id':'a','operations':['dancing']},{'id':'b','operations':['dancing','chat'],
                             'abilities':['flying']}]}}]}"""));

        ServiceReport service = heartbeat.services().orElseThrow().getFirst();
        assertThat(service.inventory().adapters()).hasSize(1);
        assertThat(service.inventory().assets())
                .extracting(asset -> asset.id())
                .as("what is for nothing but unknown operations is of no use here")
                .containsExactly("b");
    }

    @Test
    void refusesANewerVersionAndNamesBoth() {
        refused(
                () -> ProtocolJson.heartbeat(json("{'protocol':2}")),
                "protocol",
                message -> assertThat(message).contains("version 2").contains("version 1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                                                                  | ``
            {}                                                                  | protocol
            {'protocol':'1','node_id':'box','generation':1}                     | protocol
            {'protocol':0,'node_id':'box','generation':1}                       | protocol
            {'protocol':1,'generation':1}                                       | node_id
            {'protocol':1,'node_id':' ','generation':1}                         | node_id
            {'protocol':1,'node_id':'a/b','generation':1}                       | node_id
            {'protocol':1,'node_id':'box'}                                      | generation
            {'protocol':1,'node_id':'box','generation':1.5}                     | generation
            {'protocol':1,'node_id':'box','generation':-1}                      | generation
            {'protocol':1,'node_id':'box','generation':9223372036854775808}     | generation
            {'protocol':1,'node_id':'box','generation':1,'services':{}}         | services
            {'protocol':1,'node_id':'box','generation':1,'services':[7]}        | services[0]
            {'protocol':1,'node_id':'box','generation':1,'services':[{}]}       | services[0].name
            {'protocol':1,'node_id':'box','generation':1,'telemetry':[]}        | telemetry
            {'protocol':1,'node_id':'box','generation':1,'telemetry':{'cpu_load':1e999}} | telemetry.cpu_load
            {'protocol':1,'node_id':'box','generation':1,'results':[{'id':7}]}  | results[0].id
            {'protocol':1,'node_id':'box','generation':1,'services':[S,S]}      | services
            """)
    void namesTheMemberThatIsWrong(String text, String member) {
        refused(() -> ProtocolJson.heartbeat(json(text.replace("S", SERVICE))), member, message -> {});
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'health':'healthy'   | 'health':'splendid'                         | services[0].inventory.health
            'looks':1            | 'looks':null                                | services[0].looks
            'inventory':         | 'inventories':                              | services[0].inventory
            'health':'healthy'   | 'health':'healthy','slots':{'total':0,'busy':0}  | services[0].inventory.slots.total
            'health':'healthy'   | 'health':'healthy','slots':{'total':2,'busy':3}  | services[0].inventory.slots.busy
            'health':'healthy'   | 'health':'healthy','assets':[{'id':''}]     | services[0].inventory.assets[0].id
            'health':'healthy'   | 'health':'healthy','adapters':{'chat':1}    | services[0].inventory.adapters.chat
            'looks':1            | 'looks':1,'terms':{'max_concurrent':0}      | services[0].terms.max_concurrent
            'looks':1            | 'looks':1,'terms':{'aliases':['a']}         | services[0].terms.aliases
            'name':'llama'       | 'name':'a/b'                                | services[0].name
            """)
    void namesTheMemberOfAServiceThatIsWrong(String right, String wrong, String member) {
        String service = SERVICE.replace(right, wrong);
        refused(
                () -> ProtocolJson.heartbeat(
                        json("{'protocol':1,'node_id':'box','generation':1,'services':[" + service + "]}")),
                member,
                message -> {});
    }

    @Test
    void holdsMessagesToTheirLimits() {
        Json.Obj heartbeat = ProtocolJson.of(Heartbeat.full("box", 1, List.of()));
        Json service = json(SERVICE);
        refused(
                () -> ProtocolJson.heartbeat(heartbeat.put("services", Json.array(Collections.nCopies(257, service)))),
                "services",
                message -> assertThat(message).contains("257").contains("256"));
        Json.Obj labels = Json.object();
        for (int i = 0; i < 65; i++) {
            labels = labels.put("label" + i, "x");
        }
        Json tooMany = ProtocolJson.of(Samples.REGISTRATION).put("labels", labels);
        refused(() -> ProtocolJson.registration(tooMany), "labels", message -> {});
        Json tooLong = ProtocolJson.of(Samples.REGISTRATION).put("version", "x".repeat(4097));
        refused(
                () -> ProtocolJson.registration(tooLong),
                "version",
                message -> assertThat(message).doesNotContain("xx"));
    }

    /** Whatever is done to a message, it is understood or refused, and never anything else. */
    @Test
    void survivesMessagesThatWereTamperedWith() {
        Random random = new Random(20261122);
        List<String> understood = new ArrayList<>();
        for (int round = 0; round < 3_000; round++) {
            Json tampered = tampered(ProtocolJson.of(Samples.HEARTBEAT), random, 0);
            try {
                understood.add(ProtocolJson.heartbeat(tampered).nodeId());
            } catch (GenieException refused) {
                assertThat(refused.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
            }
        }
        assertThat(understood).hasSizeBetween(100, 2_900);
    }

    private static Json tampered(Json json, Random random, int depth) {
        if (depth > 0 && random.nextInt(60) == 0) {
            return switch (random.nextInt(6)) {
                case 0 -> Json.nothing();
                case 1 -> Json.of(random.nextLong());
                case 2 -> Json.of(random.nextGaussian());
                case 3 -> Json.of("\u0000/");
                case 4 -> Json.array(List.of(json, json));
                default -> Json.object().put("x", json);
            };
        }
        return switch (json) {
            case Json.Obj object -> {
                Json.Obj other = Json.object();
                for (var member : object.members().entrySet()) {
                    other = other.put(member.getKey(), tampered(member.getValue(), random, depth + 1));
                }
                yield other;
            }
            case Json.Arr array ->
                Json.array(array.values().stream()
                        .map(item -> tampered(item, random, depth + 1))
                        .toList());
            default -> json;
        };
    }

    private static void refused(Runnable reading, String member, Consumer<String> message) {
        assertThatExceptionOfType(GenieException.class).isThrownBy(reading::run).satisfies(refused -> {
            assertThat(refused.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
            assertThat(refused.problem().param().orElse("")).isEqualTo(member);
            assertThat(refused.getMessage()).contains(member);
            message.accept(refused.getMessage());
        });
    }

    private static Json again(Json json) {
        return Json.parse(json.toString());
    }

    private static Json json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }
}
