package io.cardverification.rest;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;

import io.cardverification.verification.Encryption;

/**
 * The {@code Encryption} object with the member names of Tencent Cloud's API documentation, so that callers can pass an
 * encryption SDK's output unchanged.
 */
@Schema(name = "Encryption", additionalProperties = Schema.False.class, description = "Sent to the upstream unchanged.")
record EncryptionRequestBody(
        @JsonProperty("EncryptList") @JsonAlias("encryptList") @JsonSetter(contentNulls = Nulls.FAIL) @Schema(description = "Which"
                + " of BankCard, Name and IdCard are ciphertext.", examples = "[\"Name\", \"IdCard\", \"BankCard\"]") @Nullable List<String> encryptList,
        @JsonProperty("CiphertextBlob") @JsonAlias("ciphertextBlob") @Schema(description = "The encrypted symmetric key.") @Nullable String ciphertextBlob,
        @JsonProperty("Iv") @JsonAlias("iv") @Schema(description = "The initialization vector.") @Nullable String iv,
        @JsonProperty("Algorithm") @JsonAlias("algorithm") @Schema(description = "AES-256-CBC (the default) or SM4-GCM.") @Nullable String algorithm,
        @JsonProperty("TagList") @JsonAlias("tagList") @JsonSetter(contentNulls = Nulls.FAIL) @Schema(description = "The tags of SM4-GCM, in the order"
                + " of EncryptList.") @Nullable List<String> tagList) {

    Encryption encryption() {
        return new Encryption(encryptList, ciphertextBlob, iv, algorithm, tagList);
    }

    @Override
    public String toString() {
        return "EncryptionRequestBody[*]";
    }
}
