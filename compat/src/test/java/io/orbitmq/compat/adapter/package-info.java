/**
 * The scenarios' words spoken to the official client library. Compiled against 5.3.3 and loaded once per version, in the class
 * loader that holds that version's jars; where the versions differ, the call goes by reflection
 * ({@link io.orbitmq.compat.adapter.Variations}). Start at {@link io.orbitmq.compat.adapter.AdaptedClient}. Never touch this
 * package from a test directly: the test's class loader has no official jars.
 */
package io.orbitmq.compat.adapter;
