"""What can be wrong with an archive: a stable code each, and the sentence people read."""

from dataclasses import dataclass

SENTENCES = {
    # the bytes of the file
    "opening_form": "档案的开头不是规定的格式",
    "header_unreadable": "记录头无法读出，其后的内容无从核验",
    "header_bytes": "记录头的字节与规定的不一致",
    "record_too_large": "记录超过容许的大小，其后的内容无从核验",
    "record_name": "记录的名称不合规定",
    "content_hash": "记录的内容与名称中的指纹不符，内容被改动过",
    "padding": "记录末尾的填充里夹带了内容",
    "not_utf8": "记录的内容不是合法的文字",
    "torn_record": "档案在一条记录的中间断开",
    # the chain of events
    "event_form": "事件的格式不对",
    "event_type": "档案里出现了不该有的事件",
    "event_not_canonical": "事件的写法不是唯一规定的写法",
    "wrong_parent": "事件没有接在前一事件之后，链条断开",
    "wrong_height": "事件的序号不连续",
    "wrong_order": "事件的先后次序不对",
    "payload": "事件应当指明的内容缺失，或指明了不该有的内容",
    "data_missing": "事件指明的内容不在档案里",
    "data_unnamed": "档案里有没有任何事件指明的内容",
    "data_order": "内容的排列次序不对",
    # the setup
    "setup_form": "开票前公布的清单格式不对",
    "election_form": "选举文件不合格式",
    "trustees_form": "计票密钥文件不合格式，或其中的证明不成立",
    "public_key": "选举公钥不是计票密钥持有者各自公钥的乘积",
    "credentials_form": "投票凭证清单不合格式",
    "credential_element": "投票凭证不是群里的元素",
    "credential_weight": "投票凭证带有权重，本系统一人一票",
    "credential_repeated": "投票凭证清单里有重复",
    # ballots
    "ballot_form": "选票不合格式",
    "ballot_refused": "选票不合格式，或其中的证明不成立",
    "ballot_repeated": "同一张选票被放入两次",
    "credential_unlisted": "选票所用的凭证不在清单里",
    # the tally
    "sized_form": "汇总说明不合格式",
    "tally_mismatch": "加密的汇总与逐票相乘的结果不一致",
    "num_tallied": "计入汇总的选票数与实际不符",
    "total_weight": "总权重与计入汇总的选票数不符",
    # decryption and result
    "owned_form": "部分解密的说明不合格式",
    "owner_unknown": "部分解密来自清单以外的人",
    "owner_repeated": "同一位密钥持有者两次提交部分解密",
    "decryption_refused": "部分解密的证明不成立",
    "too_few_decryptions": "部分解密的份数不够，不能得出结果",
    "result_form": "结果不合格式",
    "result_mismatch": "公布的结果与由部分解密算出的不一致",
    "result_bounds": "公布的结果不可能由这些选票得出",
}
OTHER = "内容不合规定"


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: where (a record's name or a byte), a stable code, what exactly."""

    place: str
    code: str
    detail: str = ""

    @property
    def sentence(self) -> str:
        """Say it in Chinese."""
        return SENTENCES.get(self.code, OTHER)
