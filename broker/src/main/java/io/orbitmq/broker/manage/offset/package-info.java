/**
 * Operators' requests about the progress of groups: how far they are, and setting, copying and resetting their offsets.
 * Runs on the administration's pool and may wait for the disk. Source: protocol/11 sections 3.4 and 4, protocol/07 section
 * 12.
 */
package io.orbitmq.broker.manage.offset;
