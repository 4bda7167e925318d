package io.cardverification.verification;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the caller encrypted and how: the API page's parameter of the same name, passed on untouched.
 *
 * <p>
 * Nothing here is checked, since only the upstream can decrypt; what is absent stays absent.
 *
 * @param encryptList which of {@code BankCard}, {@code Name} and {@code IdCard} arrive as ciphertext
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
