package io.cardverification.callers;

import static io.cardverification.callers.TestCallersConfig.HASH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.cardverification.verification.Caller;
import io.cardverification.verification.Lane;
import io.quarkus.runtime.configuration.ConfigurationException;

class CallerRegistryTest {

    private static CallerRegistry registry(String... keysAndValues) {
        return new CallerRegistry(TestCallersConfig.of(keysAndValues).named());
    }

    private static String hash(String apiKey) {
        return HexFormat.of().formatHex(ApiKey.hash(apiKey));
    }

    @Test
    void key_authenticates_only_its_own_caller() {
        var random = new SecureRandom();
        var shops = ApiKey.generate(random);
        var shopsNext = ApiKey.generate(random);
        var banks = ApiKey.generate(random);
        var registry = registry("named.shop.key-hashes", hash(shops) + "," + hash(shopsNext).toUpperCase(Locale.ROOT),
                "named.bank.key-hashes", hash(banks), "named.bank.lanes", "batch", "named.bank.weight", "3",
                "named.bank.max-concurrent", "5", "named.bank.charges-per-day", "7");
        assertThat(registry.findByApiKey(shops)).isEqualTo(Caller.unlimited("shop"));
        assertThat(registry.findByApiKey(shopsNext)).isEqualTo(Caller.unlimited("shop"));
        assertThat(registry.findByApiKey(banks)).isEqualTo(new Caller("bank", Set.of(Lane.BATCH), 3, 5, 7));
        assertThat(registry.findByApiKey(ApiKey.generate(random))).isNull();
        assertThat(registry.findByApiKey(hash(shops))).isNull();
        assertThat(registry.findByApiKey("")).isNull();
    }

    @Test
    void malformed_key_is_rejected_although_its_hash_is_known() {
        assertThat(registry("named.shop.key-hashes", hash("password")).findByApiKey("password")).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "named.shop.key-hashes=abc | named.shop.key-hashes must be SHA-256 in hexadecimal, 64 digits each",
            "named.shop.key-hashes=H,H | named.shop.key-hashes must not be listed twice",
            "named.shop.lanes=batch | named.shop.key-hashes, or secret-id and secret-key, must be set",
            "named.shop.secret-id=A | named.shop.secret-id and secret-key must be set together",
            "named.shop.secret-id=A-;named.shop.secret-key=k | named.shop.secret-id must be 1 to 64 letters, digits and underscores",
            "named.shop.key-hashes=H;named.shop.weight=0 | named.shop.weight must be 1 to 10",
            "named.shop.key-hashes=H;named.shop.weight=11 | named.shop.weight must be 1 to 10",
            "named.shop.key-hashes=H;named.shop.max-concurrent=0 | named.shop.max-concurrent must be at least 1",
            "named.shop.key-hashes=H;named.shop.charges-per-day=-1 | named.shop.charges-per-day must be zero or more",
            "named.anonymous.key-hashes=H | named.anonymous must have a name of 1 to 64 letters",
            "named.\"a b\".key-hashes=H | named.a b must have a name of 1 to 64 letters",
            "named.a.secret-id=A;named.a.secret-key=k;named.b.secret-id=A;named.b.secret-key=k | secret-id must not belong to two callers" })
    void invalid_setting_is_rejected_with_key_and_rule(String settings, String message) {
        var keysAndValues = Arrays.stream(settings.replace("H", HASH).split(";", -1))
                .flatMap(each -> Arrays.stream(each.split("=", 2))).toArray(String[]::new);
        assertThatThrownBy(() -> registry(keysAndValues)).isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("gateway.callers.named.").hasMessageContaining(message)
                .hasMessageNotContaining(HASH).hasMessageNotContaining("abc");
    }
}
