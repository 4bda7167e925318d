package io.cardverification.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;

/** More connections than there may be. */
@QuarkusTest
@TestProfile(ConnectionLimitTest.Five.class)
class ConnectionLimitTest {

    public static final class Five implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.http.limits.max-connections", "5");
        }
    }

    /** @return whether somebody answers there */
    private static boolean isServed(Socket socket) {
        try {
            socket.getOutputStream().write("GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() >= 0;
        } catch (IOException closed) {
            return false;
        }
    }

    @Test
    void one_more_than_there_may_be_is_closed_and_those_before_are_served() throws IOException {
        var sockets = new ArrayList<Socket>();
        for (var i = 0; i < 5; i++) {
            sockets.add(new Socket("localhost", RestAssured.port));
            assertThat(isServed(sockets.get(i))).isTrue();
        }
        try (var sixth = new Socket("localhost", RestAssured.port)) {
            assertThat(isServed(sixth)).isFalse();
        }
        sockets.get(0).close();
        for (var served = false; !served;) { // it takes a moment to be seen
            try (var next = new Socket("localhost", RestAssured.port)) {
                served = isServed(next);
            }
        }
        for (var socket : sockets) {
            socket.close();
        }
    }
}
