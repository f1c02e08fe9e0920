package dev.geniehive.kernel.http;

import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How the edge speaks TLS.
 *
 * @param context holds the certificate and its key, and whom to trust
 * @param clientCertificates whether clients must show a certificate that the context trusts
 */
public record EdgeTls(SSLContext context, boolean clientCertificates) {
    /**
     * Reads PEM files.
     *
     * @param certificates the chain, the server's own first
     * @param key the private key, unencrypted PKCS #8
     * @param clientCa who signs the certificates that clients must show; clients need none if absent
     * @throws IllegalArgumentException if a file cannot be read or does not hold what it should; names the file
     */
    public static EdgeTls pem(Path certificates, Path key, @Nullable Path clientCa) {
        return new EdgeTls(PemFiles.context(certificates, key, clientCa), clientCa != null);
    }
}
