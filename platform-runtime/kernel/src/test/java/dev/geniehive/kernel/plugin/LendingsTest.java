package dev.geniehive.kernel.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.GpuReading;
import dev.geniehive.api.spi.ExtensionContext;
import dev.geniehive.api.spi.ExtensionPoint;
import dev.geniehive.api.spi.GpuProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LendingsTest {
    private final List<Provided<GpuProbe, ExtensionContext>> offered = new ArrayList<>();
    private final Lendings<GpuProbe, ExtensionContext> lendings =
            new Lendings<>(new Offering(offered), ExtensionPoint.GPU_PROBE, plugin -> () -> {
                throw new IllegalStateException("nobody reads the configuration here");
            });

    /** Offers what is in a list. */
    private record Offering(List<? extends Provided<?, ?>> offered) implements Extensions {
        @Override
        @SuppressWarnings("unchecked")
        public <T, C extends ExtensionContext> List<Provided<T, C>> all(ExtensionPoint<T, C> point) {
            return offered.stream().map(one -> (Provided<T, C>) one).toList();
        }

        @Override
        public void onChange(Runnable listener) {
            throw new UnsupportedOperationException("nothing is told here");
        }
    }

    /** An extension; each version of its plugin is another object. */
    private record Version(String name, String plugin, int number, Optional<GenieException> refusal)
            implements Provided<GpuProbe, ExtensionContext> {
        @Override
        public ExtensionPoint<GpuProbe, ExtensionContext> point() {
            return ExtensionPoint.GPU_PROBE;
        }

        @Override
        public Lent<GpuProbe> create(ExtensionContext context) {
            refusal.ifPresent(refused -> {
                throw refused;
            });
            return new Direct(this);
        }
    }

    /** Calls without a wall; every one that is made is another object. */
    private static final class Direct implements Lent<GpuProbe> {
        private final Version version;
        private final GpuProbe probe;

        Direct(Version version) {
            this.version = version;
            this.probe = () -> new GpuReading.Absent("version " + version.number());
        }

        @Override
        public String plugin() {
            return version.plugin();
        }

        @Override
        public String name() {
            return version.name();
        }

        @Override
        public <R extends @Nullable Object> R call(Call<? super GpuProbe, ? extends R> call)
                throws InterruptedException {
            return call.on(probe);
        }

        @Override
        public <R extends AutoCloseable> Held<R> hold(Call<? super GpuProbe, ? extends R> call) {
            throw new UnsupportedOperationException("nothing is held here");
        }

        @Override
        public <R extends @Nullable Object> R callWithin(Duration limit, Call<? super GpuProbe, ? extends R> call)
                throws InterruptedException {
            return call.on(probe);
        }
    }

    @Test
    void makesNothingBeforeItIsRenewed() {
        offered.add(version("nvidia", 1));

        assertThat(lendings.get()).isEmpty();
    }

    @Test
    void makesEachOnceAsLongAsItsPluginIsTheSame() {
        offered.add(version("nvidia", 1));
        lendings.renew();
        Lent<GpuProbe> first = lendings.get().get("nvidia");

        offered.add(version("amd", 1));
        lendings.renew();

        assertThat(lendings.get()).containsOnlyKeys("nvidia", "amd").containsEntry("nvidia", first);
    }

    @Test
    void makesThoseOfAnotherVersionAnew() throws Exception {
        offered.add(version("nvidia", 1));
        lendings.renew();

        offered.set(0, version("nvidia", 2));
        lendings.renew();

        assertThat(reading("nvidia")).isEqualTo("version 2");
    }

    @Test
    void makesEverythingAnewOnceForgottenAndLendsTheOldUntilThen() {
        offered.add(version("nvidia", 1));
        lendings.renew();
        Lent<GpuProbe> first = lendings.get().get("nvidia");

        lendings.forget();
        assertThat(lendings.get()).containsEntry("nvidia", first);

        lendings.renew();
        assertThat(lendings.get()).containsOnlyKeys("nvidia").doesNotContainEntry("nvidia", first);
    }

    @Test
    void oneThatRefusesIsMissingAndTheOthersAreThere() {
        offered.add(new Version(
                "amd", "gpu", 1, Optional.of(new GenieException(ErrorKind.INTERNAL, "plugin 'gpu' broke"))));
        offered.add(version("nvidia", 1));

        lendings.renew();

        assertThat(lendings.get()).containsOnlyKeys("nvidia");
    }

    @Test
    void forgetsWhatIsGone() {
        offered.add(version("nvidia", 1));
        lendings.renew();

        offered.clear();
        lendings.renew();

        assertThat(lendings.get()).isEmpty();
    }

    private String reading(String name) throws InterruptedException {
        Lent<GpuProbe> lent = Optional.ofNullable(lendings.get().get(name)).orElseThrow();
        return ((GpuReading.Absent) lent.call(GpuProbe::read)).reason();
    }

    private static Version version(String name, int number) {
        return new Version(name, "gpu", number, Optional.empty());
    }
}
