package io.cardverification.tencentcloud;

import java.net.URI;
import java.util.Locale;

/** Where requests are sent to. */
public final class Endpoint {

    private Endpoint() {
    }

    /** Whether verifications cost money there. */
    public static boolean isTencentCloud(URI address) {
        var host = address.getHost();
        return "https".equals(address.getScheme()) && host != null
                && host.toLowerCase(Locale.ROOT).endsWith(".tencentcloudapi.com");
    }
}
