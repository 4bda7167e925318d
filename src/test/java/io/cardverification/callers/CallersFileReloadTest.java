package io.cardverification.callers;

import static io.cardverification.callers.TestCallersConfig.HASH;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import org.junit.jupiter.api.Test;

import io.quarkus.runtime.StartupEvent;

/** Changes of the file of callers while the gateway runs. */
class CallersFileReloadTest extends CallerDirectoryFixture {

    @Test
    void changed_file_replaces_the_callers() {
        var key = issued("shop");
        var callers = callers("file", file.toString());
        var next = issued("shop");
        checkTwice(callers);
        assertThat(name(callers, key)).isNull();
        assertThat(name(callers, next)).isEqualTo("shop");
        assertThat(meters.get("gateway.callers.charges.today").tag("caller", "shop").gauge().value()).isZero();
    }

    @Test
    void unchanged_file_keeps_the_callers() {
        issued("shop");
        var callers = callers("file", file.toString());
        var pairs = callers.sdkCredentials();
        checkTwice(callers);
        assertThat(callers.sdkCredentials()).isSameAs(pairs);
    }

    @Test
    void invalid_or_missing_file_keeps_the_callers() throws IOException {
        var key = issued("shop");
        var callers = callers("file", file.toString());
        for (var content : new String[] { "",
                "gateway.callers.named.shop.key-hashes=" + HASH + "\ngateway.callers.named.shop.weight=0",
                "gateway.callers.named.shop.key-hash=" + HASH, "gateway.callers.anonymous=true", "\\u00", "a" }) {
            write(content);
            checkTwice(callers);
            assertThat(name(callers, key)).as(content).isEqualTo("shop");
        }
        Files.delete(file);
        callers.reload(file);
        assertThat(name(callers, key)).isEqualTo("shop");
        var next = issued("bank");
        checkTwice(callers);
        assertThat(name(callers, key)).isNull();
        assertThat(name(callers, next)).isEqualTo("bank");
    }

    @Test
    void growing_file_is_applied_when_it_is_complete() {
        write(limited("70"));
        var callers = callers("file", file.toString());
        var whole = limited("5000");
        for (var length = 0; length <= whole.length(); length++) {
            write(whole.substring(0, length));
            callers.reload(file);
            assertThat(limit()).as("the first %d characters", length).isEqualTo(70);
        }
        callers.reload(file);
        assertThat(limit()).isEqualTo(5000);
    }

    @Test
    void file_truncated_within_a_line_is_rejected() {
        write(limited("70"));
        var callers = callers("file", file.toString());
        callers.registerMetrics(new StartupEvent(), meters);
        var whole = limited("5000");
        for (var length = whole.lastIndexOf("gateway") + 1; length < whole.length(); length++) {
            write(whole.substring(0, length));
            checkTwice(callers);
            assertThat(limit()).as("the first %d characters", length).isEqualTo(70);
            assertThat(refused()).isOne();
        }
    }

    @Test
    void rejected_file_sets_a_metric_until_it_is_valid() throws IOException {
        var good = limited("70");
        write(good);
        var callers = callers("file", file.toString());
        callers.registerMetrics(new StartupEvent(), meters);
        assertThat(refused()).isZero();
        write(limited("many"));
        callers.reload(file);
        assertThat(refused()).isZero();
        for (var check = 0; check < 3; check++) {
            callers.reload(file);
            assertThat(refused()).isOne();
        }
        write(good);
        checkTwice(callers);
        assertThat(refused()).isZero();
        Files.delete(file);
        callers.reload(file);
        assertThat(refused()).isOne();
    }

    @Test
    void file_that_changes_at_every_check_is_rejected() {
        write(limited("70"));
        var callers = callers("file", file.toString());
        callers.registerMetrics(new StartupEvent(), meters);
        for (var change = 1; change <= 10; change++) {
            assertThat(refused()).as("after %d", change).isZero();
            write(limited("70" + change));
            callers.reload(file);
        }
        assertThat(refused()).isOne();
        callers.reload(file);
        assertThat(refused()).isZero();
        assertThat(limit()).isEqualTo(7010);
    }

    @Test
    void changed_link_is_applied_at_the_second_check() throws IOException {
        var first = Files.createDirectory(folder.resolve("..1"));
        var second = Files.createDirectory(folder.resolve("..2"));
        Files.writeString(first.resolve("callers.properties"), limited("70"));
        Files.writeString(second.resolve("callers.properties"), limited("5000"));
        var data = Files.createSymbolicLink(folder.resolve("..data"), first.getFileName());
        Files.createSymbolicLink(file, Path.of("..data", "callers.properties"));
        var callers = callers("file", file.toString());
        assertThat(limit()).isEqualTo(70);
        Files.move(Files.createSymbolicLink(folder.resolve("..new"), second.getFileName()), data,
                StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE); // as the kubelet does
        checkTwice(callers);
        assertThat(limit()).isEqualTo(5000);
    }
}
