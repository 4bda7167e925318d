package io.cardverification.upstream;

import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

import io.cardverification.verification.VerificationRequest;

/** The request parameters of the API page, by their names there. Absent members are not written. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record UpstreamRequest(
        @JsonProperty("IdCard") String idCard,
        @JsonProperty("Name") String name,
        @JsonProperty("BankCard") String bankCard,
        @JsonProperty("CertType") @Nullable Integer certType,
        @JsonProperty("Encryption") @Nullable Encryption encryption) {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Encryption(
            @JsonProperty("EncryptList") @Nullable List<String> encryptList,
            @JsonProperty("CiphertextBlob") @Nullable String ciphertextBlob,
            @JsonProperty("Iv") @Nullable String iv,
            @JsonProperty("Algorithm") @Nullable String algorithm,
            @JsonProperty("TagList") @Nullable List<String> tagList) {

        @Override
        public String toString() {
            return "Encryption[*]";
        }
    }

    static UpstreamRequest of(VerificationRequest request) {
        var certType = request.certType();
        var encryption = request.encryption();
        return new UpstreamRequest(request.idCard().value(), request.name().value(), request.bankCard().value(),
                certType == null ? null : certType.code(),
                encryption == null ? null
                        : new Encryption(encryption.encryptList(), encryption.ciphertextBlob(), encryption.iv(),
                                encryption.algorithm(), encryption.tagList()));
    }

    /** The names of the values that are ciphertext. */
    List<String> encrypted() {
        var listed = encryption == null ? null : encryption.encryptList();
        return listed == null ? List.of() : listed;
    }

    @Override
    public String toString() {
        return "UpstreamRequest[*]";
    }
}
