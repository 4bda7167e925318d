package io.cardverification.sharing;

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
final class Fingerprints {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /** @param key random, 32 bytes */
    Fingerprints(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
        of(new byte[0]); // the first one loads its cryptography, which no caller should wait for
    }

    /** @return equal for equal questions */
    ByteBuffer of(VerificationRequest request) {
        return of(bytes(request));
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

    /** Each value with its length before it, so that no two questions are written alike. */
    private static byte[] bytes(VerificationRequest request) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
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
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
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
