package io.cardverification.ledger;

import java.nio.file.Path;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;

/** The settings of the ledger. */
@ConfigMapping(prefix = "gateway.ledger")
public interface LedgerConfig {

    /**
     * The file to which the gateway appends the ledger's lines. Its directory must exist, and the process needs the right to
     * create files there. The gateway opens it anew after it was renamed or removed, so rotation works. If absent, lines go to
     * standard output.
     */
    Optional<Path> file();
}
