package io.cardverification.sandbox;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.cardverification.tencentcloud.ErrorCode;
import io.cardverification.tencentcloud.encryption.EncryptedFields;
import io.cardverification.tencentcloud.encryption.FieldCipher;
import io.cardverification.tencentcloud.encryption.FieldDecryption;
import io.cardverification.tencentcloud.encryption.FieldDecryption.DecryptionException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Replaces the values that {@code Encryption} lists by their plain values. Threads: any. */
final class RequestDecryptor {

    /**
     * The separator of a KMS blob. The service can decrypt such a blob only for an account that has granted it access to KMS.
     */
    private static final String KMS = "-k-";

    private final FieldDecryption decryption = SandboxKeys.decryption();

    /** @return the error of a failure; empty if the parameters are plain now */
    Optional<SandboxResponse> decrypt(JsonObject parameters) {
        var encryption = parameters.getJsonObject("Encryption");
        var listed = encryption == null ? new JsonArray() : encryption.getJsonArray("EncryptList", new JsonArray());
        if (encryption == null || listed.isEmpty()) {
            return Optional.empty();
        }
        var names = strings(listed);
        if (!ParameterValidator.REQUIRED.containsAll(names)) {
            return Optional.of(SandboxResponse.error(ErrorCode.INVALID_PARAMETER_UNSUPPORT_ENCRYPT_FIELD));
        }
        var cipher = FieldCipher.of(encryption.getString("Algorithm", FieldCipher.AES_256_CBC.toString()));
        var tags = strings(encryption.getJsonArray("TagList"));
        if (cipher.isEmpty() || tags.size() != cipher.get().tagCount(names.size())) {
            return Optional.of(SandboxResponse.error(ErrorCode.INVALID_PARAMETER_VALUE));
        }
        var blob = encryption.getString("CiphertextBlob", "");
        if (blob.contains(KMS)) {
            return Optional.of(SandboxResponse.error(ErrorCode.FAILED_OPERATION_STS_UNAUTH_ERROR));
        }
        return replaceFields(parameters, names, cipher.get(),
                new EncryptedFields(names.stream().map(parameters::getString).toList(), blob,
                        encryption.getString("Iv", ""), cipher.get().toString(), tags));
    }

    private Optional<SandboxResponse> replaceFields(JsonObject parameters, List<String> names, FieldCipher cipher,
            EncryptedFields encrypted) {
        try {
            var plain = decryption.decrypt(cipher, encrypted);
            for (var i = 0; i < names.size(); i++) {
                parameters.put(names.get(i), plain.get(i));
            }
            return Optional.empty();
        } catch (DecryptionException e) {
            return Optional.of(SandboxResponse.error(ErrorCode.FAILED_OPERATION_DECRYPT_SYSTEM_ERROR));
        }
    }

    private static List<String> strings(@Nullable JsonArray array) {
        return array == null ? List.of() : array.stream().map(String::valueOf).toList();
    }
}
