package io.cardverification.store.sql;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jboss.logging.Logger;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * The settings of which all gateways of a store must have the same values.
 *
 * <p>
 * The first gateway decides them. A change needs a stop of all gateways, since two limits at the same time add up.
 */
public final class SettingTable {

    private static final Logger LOG = Logger.getLogger(SettingTable.class);

    /** Longer than the pause between two writes of an idle gateway, and than clocks differ. */
    private static final Duration ALIVE = Duration.ofMinutes(1);

    private SettingTable() {
    }

    /** @throws ConfigurationException in the {@code Uni}, if another gateway runs with another value */
    static Uni<Void> agree(Sql sql, long process, List<AgreedSetting> settings, long nowMillis) {
        return all(sql).chain(known -> {
            var changed = settings.stream().filter(setting -> isChanged(setting, known)).toList();
            var isAnotherAlive = changed.isEmpty() ? Uni.createFrom().item(false)
                    : ProcessTable.isAnotherAlive(sql, process, nowMillis - ALIVE.toMillis());
            return isAnotherAlive.chain(refused -> refused ? refuse(changed.get(0), known) : putAll(sql, settings, changed));
        });
    }

    private static boolean isChanged(AgreedSetting setting, Map<String, String> known) {
        return !setting.value().equals(known.getOrDefault(setting.key(), setting.value()));
    }

    private static Uni<Void> refuse(AgreedSetting changed, Map<String, String> known) {
        return Uni.createFrom()
                .failure(new ConfigurationException(changed.difference(String.valueOf(known.get(changed.key())))));
    }

    private static Uni<Void> putAll(Sql sql, List<AgreedSetting> settings, List<AgreedSetting> changed) {
        changed.stream().filter(AgreedSetting::isSecret).forEach(setting -> LOG.warnf(
                "%s has changed since the last start. Idempotency keys and kept answers of before match no request",
                setting.key()));
        return Multi.createFrom().iterable(settings)
                .onItem().transformToUniAndConcatenate(setting -> put(sql, setting.key(), setting.value()))
                .collect().asList().replaceWithVoid();
    }

    public static Uni<Void> put(Sql sql, String name, String value) {
        return sql.run("""
                insert into setting (name, value) values ($1, $2)
                on conflict (name) do update set value = excluded.value where setting.value <> excluded.value""", name, value)
                .replaceWithVoid();
    }

    public static Uni<Optional<String>> find(Sql sql, String name) {
        return sql.run("select value from setting where name = $1", name)
                .map(rows -> rows.stream().findFirst().map(row -> row.text(0)));
    }

    private static Uni<Map<String, String>> all(Sql sql) {
        return sql.run("select name, value from setting")
                .map(rows -> rows.stream().collect(Collectors.toMap(row -> row.text(0), row -> row.text(1))));
    }
}
