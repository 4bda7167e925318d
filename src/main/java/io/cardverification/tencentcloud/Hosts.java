package io.cardverification.tencentcloud;

import java.util.ArrayList;
import java.util.List;

/**
 * Which hosts a client may have signed: the one it sent, that one without its port (as the Node SDK signs), or a public name
 * of the API (as clients sign that were pointed here by the SDKs' {@code ApigwEndpoint}).
 *
 * @param accepted the likeliest first
 */
record Hosts(List<String> accepted) {

    static Hosts of(SignedRequest request, List<String> publicHosts) {
        var accepted = new ArrayList<String>(publicHosts.size() + 2);
        var sent = request.headers().get("host");
        if (sent != null) {
            accepted.add(sent);
            var colon = sent.lastIndexOf(':');
            if (colon >= 0) {
                accepted.add(sent.substring(0, colon));
            }
        }
        accepted.addAll(publicHosts);
        return new Hosts(accepted);
    }

    /** Some SDKs take it for the service: {@code 127} of {@code 127.0.0.1:8080}. */
    boolean haveFirstLabel(String label) {
        for (var host : accepted) {
            if (host.equals(label) || (host.startsWith(label) && host.charAt(label.length()) == '.')) {
                return true;
            }
        }
        return false;
    }
}
