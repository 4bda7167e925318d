package io.cardverification.verification;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The encryption of the values by the caller: the API page's parameter of the same name. The gateway passes it on unchanged.
 *
 * <p>
 * Only the upstream can decrypt, so nothing is checked here. Absent members stay absent.
 *
 * @param encryptList the encrypted fields: some of {@code BankCard}, {@code Name} and {@code IdCard}
 * @param ciphertextBlob the wrapped symmetric key
 * @param iv the initial vector
 * @param algorithm {@code AES-256-CBC} (the upstream's default) or {@code SM4-GCM}
 * @param tagList the tags of SM4-GCM, in the order of {@code encryptList}
 */
public record Encryption(@Nullable List<String> encryptList, @Nullable String ciphertextBlob, @Nullable String iv,
        @Nullable String algorithm, @Nullable List<String> tagList) {

    public Encryption {
        encryptList = encryptList == null ? null : List.copyOf(encryptList);
        tagList = tagList == null ? null : List.copyOf(tagList);
    }

    /** @param parameter the API page's name, such as {@code IdCard} */
    public boolean covers(String parameter) {
        return encryptList != null && encryptList.contains(parameter);
    }

    @Override
    public String toString() {
        return "Encryption[*]";
    }
}
