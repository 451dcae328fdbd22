package io.orbitmq.server.config;

import io.orbitmq.foundation.config.KeyCatalogue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads the key catalogues that ship beside this package. Stateless. */
final class CatalogueText {

    private CatalogueText() {}

    static KeyCatalogue read(String name) {
        try (InputStream text = CatalogueText.class.getResourceAsStream(name)) {
            if (text == null) {
                throw new IllegalStateException("the resource " + name + " is missing from the server's jar");
            }
            return KeyCatalogue.parse(new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the resource " + name + " cannot be read", e);
        }
    }
}
