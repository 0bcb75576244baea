#pragma once

#include <stddef.h>
#include <stdint.h>

// CRC32C (Castagnoli) as in RFC 3720, B.4: reflected, all ones before and after.

/// The sum of the bytes that gave `sum` followed by `length` more; start with 0.
///
/// Uses the processor's instruction where there is one (SSE 4.2, ARMv8), else tables.
uint32_t sfs_crc32c(uint32_t sum, const void *bytes, size_t length);

/// The same by tables only: for tests, and what sfs_crc32c does on other processors.
uint32_t sfs_crc32c_by_table(uint32_t sum, const void *bytes, size_t length);

/// The sum of two runs of bytes put together, from the sum of each and the second one's length.
uint32_t sfs_crc32c_combine(uint32_t first, uint32_t second, uint64_t second_length);
