#include "crc32c.h"

#include <pthread.h>
#include <string.h>

// A sum is a polynomial over GF(2), modulo P, with the highest power in the lowest bit. Appending n
// zero bytes to a message multiplies its raw sum (without the inversions) by x^(8n) modulo P. That
// is what lets sums of parts be put together, and parts be summed side by side.

#define POLYNOMIAL UINT32_C(0x82F63B78)
#define ONE UINT32_C(0x80000000) // x^0

// Lengths of the three runs that are summed side by side; the processor's instruction takes three
// cycles but starts one every cycle. The longer run is for throughput, the shorter for the rest.
enum { LONG_RUN = 8192, SHORT_RUN = 512 };

static pthread_once_t tables_once = PTHREAD_ONCE_INIT;
static uint32_t byte_table[8][256]; // [k][b]: byte b followed by k zero bytes
static uint32_t long_shift[4][256]; // [k][b]: byte k of a sum, times x^(8 * LONG_RUN)
static uint32_t short_shift[4][256];

// a * b modulo P.
static uint32_t multiply(uint32_t a, uint32_t b)
{
    uint32_t product = 0;
    for (uint32_t bit = ONE; bit != 0; bit >>= 1) {
        if ((a & bit) != 0) {
            product ^= b;
        }
        b = (b & 1) != 0 ? (b >> 1) ^ POLYNOMIAL : b >> 1;
    }
    return product;
}

// x^(8 * bytes) modulo P, by squaring.
static uint32_t power_of_bytes(uint64_t bytes)
{
    uint32_t power = ONE;
    uint32_t square = ONE >> 8; // x^8
    for (; bytes != 0; bytes >>= 1) {
        if ((bytes & 1) != 0) {
            power = multiply(square, power);
        }
        square = multiply(square, square);
    }
    return power;
}

static void make_shift(uint32_t shift[4][256], uint64_t bytes)
{
    uint32_t power = power_of_bytes(bytes);
    for (int index = 0; index < 4; index++) {
        for (uint32_t byte = 0; byte < 256; byte++) {
            shift[index][byte] = multiply(byte << (8 * index), power);
        }
    }
}

static void make_tables(void)
{
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t sum = byte;
        for (int bit = 0; bit < 8; bit++) {
            sum = (sum & 1) != 0 ? (sum >> 1) ^ POLYNOMIAL : sum >> 1;
        }
        byte_table[0][byte] = sum;
    }
    for (int zeros = 1; zeros < 8; zeros++) {
        for (int byte = 0; byte < 256; byte++) {
            uint32_t sum = byte_table[zeros - 1][byte];
            byte_table[zeros][byte] = (sum >> 8) ^ byte_table[0][sum & 255];
        }
    }
    make_shift(long_shift, LONG_RUN);
    make_shift(short_shift, SHORT_RUN);
}

static uint64_t load(const unsigned char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

static uint32_t add_by_table(uint32_t sum, const unsigned char *bytes, size_t length)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    for (; length >= 8; bytes += 8, length -= 8) {
        uint64_t word = load(bytes) ^ sum;
        sum = 0;
        for (int index = 0; index < 8; index++) {
            sum ^= byte_table[7 - index][word >> (8 * index) & 255];
        }
    }
#endif
    for (; length > 0; bytes++, length--) {
        sum = (sum >> 8) ^ byte_table[0][(sum ^ *bytes) & 255];
    }
    return sum;
}

#if defined(__x86_64__)

#include <nmmintrin.h>
#define WITH_INSTRUCTION __attribute__((target("sse4.2")))
#define ADD_WORD(sum, word) _mm_crc32_u64((sum), (word))
#define ADD_BYTE(sum, byte) _mm_crc32_u8((uint32_t)(sum), (byte))

static int has_instruction(void)
{
    return __builtin_cpu_supports("sse4.2");
}

#elif defined(__aarch64__)

#include <sys/auxv.h>
#define WITH_INSTRUCTION
#define HARDWARE_CRC32 (1 << 7) // HWCAP_CRC32

static inline uint64_t add_word(uint64_t sum, uint64_t word)
{
    uint32_t result;
    __asm__(".arch_extension crc\n\tcrc32cx %w0, %w1, %x2"
            : "=r"(result)
            : "r"((uint32_t)sum), "r"(word));
    return result;
}

static inline uint32_t add_byte(uint32_t sum, unsigned char byte)
{
    uint32_t result;
    __asm__(".arch_extension crc\n\tcrc32cb %w0, %w1, %w2"
            : "=r"(result)
            : "r"(sum), "r"((uint32_t)byte));
    return result;
}

#define ADD_WORD(sum, word) add_word((sum), (word))
#define ADD_BYTE(sum, byte) add_byte((uint32_t)(sum), (byte))

static int has_instruction(void)
{
    return (getauxval(AT_HWCAP) & HARDWARE_CRC32) != 0;
}

#endif

#if defined(WITH_INSTRUCTION)

static uint64_t shifted(uint32_t shift[4][256], uint64_t sum)
{
    return shift[0][sum & 255] ^ shift[1][sum >> 8 & 255] ^ shift[2][sum >> 16 & 255]
        ^ shift[3][sum >> 24 & 255];
}

// Sums three runs of `run` bytes side by side and puts the three sums together.
WITH_INSTRUCTION
static uint64_t add_three_runs(
    uint64_t sum, const unsigned char *bytes, size_t run, uint32_t shift[4][256])
{
    uint64_t second = 0;
    uint64_t third = 0;
    for (size_t index = 0; index < run; index += 8) {
        sum = ADD_WORD(sum, load(bytes + index));
        second = ADD_WORD(second, load(bytes + run + index));
        third = ADD_WORD(third, load(bytes + 2 * run + index));
    }
    return shifted(shift, shifted(shift, sum) ^ second) ^ third;
}

WITH_INSTRUCTION
static uint32_t add_by_instruction(uint32_t start, const unsigned char *bytes, size_t length)
{
    uint64_t sum = start;
    for (; length >= 3 * LONG_RUN; bytes += 3 * LONG_RUN, length -= 3 * LONG_RUN) {
        sum = add_three_runs(sum, bytes, LONG_RUN, long_shift);
    }
    for (; length >= 3 * SHORT_RUN; bytes += 3 * SHORT_RUN, length -= 3 * SHORT_RUN) {
        sum = add_three_runs(sum, bytes, SHORT_RUN, short_shift);
    }
    for (; length >= 8; bytes += 8, length -= 8) {
        sum = ADD_WORD(sum, load(bytes));
    }
    for (; length > 0; bytes++, length--) {
        sum = ADD_BYTE(sum, *bytes);
    }
    return (uint32_t)sum;
}

#endif

uint32_t sfs_crc32c(uint32_t sum, const void *bytes, size_t length)
{
#if defined(WITH_INSTRUCTION)
    if (has_instruction()) {
        pthread_once(&tables_once, make_tables);
        return ~add_by_instruction(~sum, bytes, length);
    }
#endif
    return sfs_crc32c_by_table(sum, bytes, length);
}

uint32_t sfs_crc32c_by_table(uint32_t sum, const void *bytes, size_t length)
{
    pthread_once(&tables_once, make_tables);
    return ~add_by_table(~sum, bytes, length);
}

uint32_t sfs_crc32c_combine(uint32_t first, uint32_t second, uint64_t second_length)
{
    // The inversions of the two sums cancel out: both are off by the same terms.
    return multiply(first, power_of_bytes(second_length)) ^ second;
}
