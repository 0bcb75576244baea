/// Strings that other programs made.
enum Vectors {
    struct Vector: Sendable {
        let password: String
        let hash: String
    }

    /// By Openwall's crypt_blowfish (`wrapper.c`), the reference of the format.
    static let bcrypt = [
        Vector(
            password: "U*U",
            hash: "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
        Vector(
            password: "U*U*U",
            hash: "$2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a"),
        Vector(
            password: "U*U",
            hash: "$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
    ]

    /// By Python's `bcrypt` 5.0.0 from PyPI.
    static let python = [
        Vector(
            password: "Größe & Höhe",
            hash: "$2b$12$ZL7Cwt6RdIa.pp7MHQztZer66KrHhP.5iXaUf6ZpBDKaflh9o8kdO"),
        Vector(
            password: "Größe & Höhe",
            hash: "$2a$12$QoBLVevIy2jsxcPyMhXc8.IZ8kBAb/MPCrf.smp3wfH/PzTqyS1Fu"),
        Vector(
            password: "", hash: "$2b$05$jvbvec0Ks12V9QYQ5f5nfutjxYuZKaNrZjIUg97jYfGOlk8eS1.82"),
    ]
}
