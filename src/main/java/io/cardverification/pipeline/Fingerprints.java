package io.cardverification.pipeline;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Collection;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import io.cardverification.verification.CallOptions;
import io.cardverification.verification.CallerConnection;
import io.cardverification.verification.CallerRequest;
import io.cardverification.verification.CallerRequest.SharingKey;
import io.cardverification.verification.Encryption;
import io.cardverification.verification.Fingerprint;
import io.cardverification.verification.VerificationRequest;

/**
 * HMAC-SHA256 of all values of a request, and of idempotency keys. Threads: any.
 *
 * <p>
 * Values that a caller encrypted are compared as ciphertext, since the gateway cannot know whether two ciphertexts have the
 * same plaintext.
 */
@Singleton
final class Fingerprints {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final boolean acrossCallers;

    // The first byte of the hashed text, so that the hash of a key never equals the hash of values.
    private static final int TYPE_VALUES = 0;
    private static final int TYPE_KEY = 1;

    @Inject
    Fingerprints(SharingConfig config, SharingSecret secret) {
        this(secret.text().getBytes(StandardCharsets.UTF_8), config.acrossCallers());
    }

    /** @param key secret: 32 bytes or more */
    Fingerprints(byte[] key, boolean acrossCallers) {
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.acrossCallers = acrossCallers;
        of(new byte[0]); // loads the cryptography before the first request
    }

    CallerRequest request(VerificationRequest values, CallOptions options, CallerConnection connection) {
        var caller = options.caller().name();
        var fingerprint = of(values);
        var idempotencyKey = options.idempotencyKey();
        return new CallerRequest(values, options, fingerprint, new SharingKey(acrossCallers ? "" : caller, fingerprint),
                idempotencyKey == null ? null : of(caller, idempotencyKey), connection);
    }

    /** Equal for equal values. */
    Fingerprint of(VerificationRequest values) {
        return of(bytes(out -> write(out, values)));
    }

    /** Equal for the same key of the same caller. */
    Fingerprint of(String caller, String idempotencyKey) {
        return of(bytes(out -> {
            out.writeByte(TYPE_KEY);
            write(out, caller);
            write(out, idempotencyKey);
        }));
    }

    private Fingerprint of(byte[] bytes) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return new Fingerprint(ByteBuffer.wrap(mac.doFinal(bytes)).asReadOnlyBuffer());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private interface Content {

        void writeTo(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Content content) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            content.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Writes the length before each value, so that different values never have the same bytes. */
    private static void write(DataOutputStream out, VerificationRequest request) throws IOException {
        out.writeByte(TYPE_VALUES);
        write(out, request.bankCard().value());
        write(out, request.name().value());
        write(out, request.idCard().value());
        var certType = request.certType();
        out.writeInt(certType == null ? 0 : certType.code()); // the default of the upstream
        var encryption = request.encryption();
        out.writeBoolean(encryption != null);
        if (encryption != null) {
            write(out, encryption);
        }
    }

    private static void write(DataOutputStream out, Encryption encryption) throws IOException {
        write(out, encryption.encryptList());
        write(out, encryption.ciphertextBlob());
        write(out, encryption.iv());
        write(out, encryption.algorithm());
        write(out, encryption.tagList());
    }

    private static void write(DataOutputStream out, @Nullable Collection<String> values) throws IOException {
        out.writeInt(values == null ? -1 : values.size());
        if (values != null) {
            for (var value : values) {
                write(out, value);
            }
        }
    }

    private static void write(DataOutputStream out, @Nullable String value) throws IOException {
        var bytes = value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
        out.writeInt(value == null ? -1 : bytes.length);
        out.write(bytes);
    }
}
