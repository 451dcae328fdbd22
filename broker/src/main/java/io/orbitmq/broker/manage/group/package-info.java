/**
 * Operators' requests about consumer groups' settings: create, change, delete, list. Runs on the administration's pool.
 * Source: protocol/11 section 3.3.
 */
package io.orbitmq.broker.manage.group;
