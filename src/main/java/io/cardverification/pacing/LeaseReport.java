package io.cardverification.pacing;

import java.util.Map;

/** What the operator sees of the lease of this process's permits. Threads: any; never blocks. */
public interface LeaseReport {

    /** Empty if the process shares its limit with no other. */
    Map<String, Object> values();
}
