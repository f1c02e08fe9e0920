package dev.geniehive.kernel.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** From PEM files to an {@link SSLContext}. */
final class PemFiles {
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final char[] NO_PASSWORD = new char[0];

    private PemFiles() {}

    static SSLContext context(Path certificates, Path key, @Nullable Path clientCa) {
        try {
            KeyStore own = emptyStore();
            Certificate[] chain = certificates(certificates).toArray(Certificate[]::new);
            own.setKeyEntry("server", privateKey(key), NO_PASSWORD, chain);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), clientCa == null ? null : trusting(clientCa), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "TLS cannot be set up with certificate '%s' and key '%s': %s"
                            .formatted(certificates, key, e.getMessage()),
                    e);
        }
    }

    private static TrustManager[] trusting(Path clientCa) throws GeneralSecurityException, IOException {
        KeyStore trusted = emptyStore();
        int number = 0;
        for (Certificate certificate : certificates(clientCa)) {
            trusted.setCertificateEntry("ca-" + number++, certificate);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        return trust.getTrustManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws GeneralSecurityException, IOException {
        byte[] pem = Files.readAllBytes(file);
        Collection<? extends Certificate> found =
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
        if (found.isEmpty()) {
            throw new GeneralSecurityException("no certificate in '%s'".formatted(file));
        }
        return found;
    }

    private static PrivateKey privateKey(Path file) throws GeneralSecurityException, IOException {
        Matcher key = PKCS8.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        if (!key.find()) {
            throw new GeneralSecurityException(
                    "no unencrypted PKCS #8 key ('BEGIN PRIVATE KEY') in '%s'; 'openssl pkcs8 -topk8 -nocrypt' makes one"
                            .formatted(file));
        }
        PKCS8EncodedKeySpec spec =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key.group(1)));
        GeneralSecurityException last = new GeneralSecurityException("no key");
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                last = e;
            }
        }
        throw new GeneralSecurityException("the key in '%s' is neither RSA, EC nor EdDSA".formatted(file), last);
    }
}
