package dev.geniehive.protocol;

import dev.geniehive.api.model.Ability;
import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.Slots;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Messages that say all there is to say. */
final class Samples {
    static final Registration REGISTRATION = new Registration(
            Optional.of("attic-2"),
            "attic",
            "nonce",
            "0.3.0",
            Map.of("zone", "attic", "owner", "Ünal \"q\""),
            new Platform("Linux 6.1", "amd64", 8, 1L << 36));

    static final Asset ASSET = new Asset(
            "qwen:7b",
            true,
            Set.of(Operation.CHAT, Operation.EMBEDDING),
            Set.of(Ability.TOOLS, Ability.STRUCTURED_OUTPUT),
            OptionalInt.of(8192),
            Optional.of("Q4_K_M"),
            OptionalLong.of(4_920_739_232L),
            OptionalLong.of(8_030_261_248L));

    static final ServiceReport SERVICE = new ServiceReport(
            "llama",
            "llamacpp",
            new Reach.Link(),
            new Terms(Map.of("fast", "qwen:7b"), -5, 1.25, OptionalInt.of(4), "public", List.of("shared", "review")),
            new Inventory(
                    ServiceHealth.DEGRADED,
                    "hot",
                    "b4000",
                    List.of(ASSET, Asset.installed("phi")),
                    Map.of(Operation.CHAT, "openai", Operation.TRANSCRIPTION, "whisper"),
                    Optional.of(new Slots(4, 2)),
                    OptionalInt.of(7),
                    true),
            42);

    static final ServiceReport BARE = new ServiceReport(
            "bare", "", new Reach.Link(), Terms.NONE, Inventory.without(ServiceHealth.UNREACHABLE, ""), 0);

    static final Heartbeat HEARTBEAT = new Heartbeat(
            "attic-2",
            Long.MAX_VALUE,
            Optional.of(List.of(SERVICE, BARE)),
            Optional.of(new Telemetry(
                    OptionalDouble.of(0.125),
                    OptionalLong.of(1),
                    OptionalLong.of(2),
                    OptionalLong.of(3),
                    OptionalDouble.of(0.75))),
            List.of(new DirectiveResult("d1", true, ""), new DirectiveResult("d2", false, "no such service")));

    private Samples() {}
}
