// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

interface IGenerationProofs {
    event GenerationProofVerified(
        address indexed asset,
        uint256 indexed tokenId,
        address indexed verifier,
        bytes32 proofHash, // keccak256(proof)
        bytes32 modelId, // commitment to weights and program
        bytes32 promptHash, // keccak256(prompt), as topic 2 of ERC-7007's AigcData
        bytes32 outputHash, // keccak256(aigcData)
        uint8 proofType, // 0 validity (zkML), 1 fraud (opML), 2 TEE, 3 signed attestation
        uint64 challengeDeadline, // 0: final at once
        string proofURI
    );
    event GenerationProofInvalidated(
        address indexed asset, uint256 indexed tokenId, bytes32 indexed proofHash, address by, bytes32 reason
    );
}
