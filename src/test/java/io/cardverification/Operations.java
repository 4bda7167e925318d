package io.cardverification;

import org.eclipse.microprofile.config.ConfigProvider;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** The management port of the gateway under test. */
public final class Operations {

    private Operations() {
    }

    public static RequestSpecification given() {
        return RestAssured.given().port(port());
    }

    public static Response get(String path) {
        return given().get(path);
    }

    /** Free ones are known only when it listens. */
    public static int port() {
        return ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class);
    }
}
