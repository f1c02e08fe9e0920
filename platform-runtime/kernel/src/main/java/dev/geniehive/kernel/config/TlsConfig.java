package dev.geniehive.kernel.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that the listener shows.
 *
 * @param certificate a PEM file with the certificate and its chain
 * @param key a PEM file with the private key
 * @param clientCa a PEM file with the authorities that must have signed a client's certificate; clients need none if
 *     absent
 */
public record TlsConfig(
        Path certificate, Path key, @Nullable Path clientCa) {}
