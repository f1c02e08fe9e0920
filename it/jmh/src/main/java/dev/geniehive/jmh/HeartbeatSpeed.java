package dev.geniehive.jmh;

import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Operation;
import dev.geniehive.protocol.Heartbeat;
import dev.geniehive.protocol.ProtocolJson;
import dev.geniehive.protocol.Reach;
import dev.geniehive.protocol.ServiceReport;
import dev.geniehive.protocol.Terms;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A heartbeat from bytes and to bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HeartbeatSpeed {
    /** Services in it, of four models each. */
    @Param({"1", "20"})
    public int services;

    private Heartbeat heartbeat;
    private byte[] bytes;

    @Setup
    public void prepare() {
        heartbeat = Heartbeat.full(
                "node_1",
                7,
                IntStream.range(0, services).mapToObj(HeartbeatSpeed::service).toList());
        bytes = encode();
    }

    private static ServiceReport service(int number) {
        List<Asset> models = IntStream.range(0, 4)
                .mapToObj(model -> Asset.loaded("model-%d-%d".formatted(number, model)))
                .toList();
        return new ServiceReport(
                "service" + number,
                "ollama",
                new Reach.Link(),
                Terms.NONE,
                Inventory.healthy("1.0", models, Map.of(Operation.CHAT, "openai")),
                1);
    }

    @Benchmark
    public Heartbeat decode() {
        return ProtocolJson.heartbeat(Json.parse(bytes));
    }

    @Benchmark
    public byte[] encode() {
        return ProtocolJson.of(heartbeat).utf8();
    }
}
