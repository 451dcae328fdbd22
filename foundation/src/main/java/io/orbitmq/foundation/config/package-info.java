/**
 * Settings: a properties text becomes typed values, and everything wrong with it is told in one go. Start reading at
 * {@link io.orbitmq.foundation.config.Settings} (keys and values with their origin), then {@link
 * io.orbitmq.foundation.config.SettingsReader} (typed access that collects faults) and {@link
 * io.orbitmq.foundation.config.KeyCatalogue} (keys that are known but not read, and why). Components turn what they
 * read into immutable records of their own; nothing here knows a key by name. Used once at start, on one thread.
 */
package io.orbitmq.foundation.config;
