package io.cardverification.sharing;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import io.cardverification.verification.Encryption;
import io.cardverification.verification.VerificationRequest;

/**
 * HMAC-SHA256 of everything that makes two questions the same question. Threads: any.
 *
 * <p>
 * What a caller encrypted is compared as it is, so only what was encrypted once can be shared: that two ciphertexts say the
 * same is not to be known here.
 */
@Singleton
final class Fingerprints {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;

    /** What is hashed comes first, so that no key is ever taken for a question. */
    private static final int QUESTION = 0;
    private static final int IDEMPOTENCY_KEY = 1;

    /** Half of the hash tells questions apart for good, and is what a log line can bear. */
    private static final int SHOWN_BYTES = 16;

    @Inject
    Fingerprints(SharingConfig config) {
        this(config.secret().map(text -> text.getBytes(StandardCharsets.UTF_8)).orElseGet(() -> {
            var key = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(key);
            return key;
        }));
    }

    /** @param key secret, or random: 32 bytes or more */
    Fingerprints(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
        of(new byte[0]); // the first one loads its cryptography, which no caller should wait for
    }

    /** @return equal for equal questions */
    ByteBuffer of(VerificationRequest request) {
        return of(bytes(out -> write(out, request)));
    }

    /** @return equal for the same key of the same caller */
    ByteBuffer of(String caller, String idempotencyKey) {
        return of(bytes(out -> {
            out.writeByte(IDEMPOTENCY_KEY);
            write(out, caller);
            write(out, idempotencyKey);
        }));
    }

    static String shown(ByteBuffer fingerprint) {
        var bytes = new byte[SHOWN_BYTES];
        fingerprint.duplicate().get(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private ByteBuffer of(byte[] bytes) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return ByteBuffer.wrap(mac.doFinal(bytes)).asReadOnlyBuffer();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private interface Writing {

        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Writing writing) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Each value with its length before it, so that no two questions are written alike. */
    private static void write(DataOutputStream out, VerificationRequest request) throws IOException {
        out.writeByte(QUESTION);
        write(out, request.bankCard().value());
        write(out, request.name().value());
        write(out, request.idCard().value());
        var certType = request.certType();
        out.writeInt(certType == null ? 0 : certType.code()); // absent, the upstream takes it for 0
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
