package dev.geniehive.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskingTest {
    @ParameterizedTest
    @CsvSource({
        "agent.services[0].api-key,true",
        "plugins.x.api-keys[2],true",
        "plugins.x.apiKey,true",
        "plugins.x.admin_password,true",
        "plugins.x.secrets.a,true",
        "plugins.x.headers.Authorization,true",
        "server.tls.key,true",
        "access.require-keys,false",
        "plugins.x.max-tokens,false",
        "plugins.x.monkey,false",
        "server.port,false"
    })
    void knowsSecretsByTheNamesOfTheirKeys(String path, boolean secret) {
        assertThat(Masking.isSecret(path)).isEqualTo(secret);
    }
}
